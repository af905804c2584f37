package im.magpie.common.database;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;

/** Binary columns as the immutable bytes that the messages carry; for services that import it. */
public final class ByteStringTypeHandler extends BaseTypeHandler<ByteString> {

    @Override
    public void setNonNullParameter(PreparedStatement statement, int index, ByteString value, @Nullable JdbcType type)
            throws SQLException {
        statement.setBytes(index, value.toByteArray());
    }

    @Override
    public @Nullable ByteString getNullableResult(ResultSet row, String column) throws SQLException {
        return wrap(row.getBytes(column));
    }

    @Override
    public @Nullable ByteString getNullableResult(ResultSet row, int column) throws SQLException {
        return wrap(row.getBytes(column));
    }

    @Override
    public @Nullable ByteString getNullableResult(CallableStatement call, int column) throws SQLException {
        return wrap(call.getBytes(column));
    }

    private static @Nullable ByteString wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : UnsafeByteOperations.unsafeWrap(bytes);
    }
}
