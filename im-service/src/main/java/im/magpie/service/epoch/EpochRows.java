package im.magpie.service.epoch;

import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** The table {@code partition_epoch}. */
@Mapper
public interface EpochRows {

    @Select("""
        SELECT epoch, replid, TIMESTAMPDIFF(MICROSECOND, opened_at, UTC_TIMESTAMP(3)) DIV 1000 AS ageMillis
        FROM partition_epoch WHERE kind = #{kind} AND number = #{number}
        """)
    @Nullable
    EpochRow find(@Param("kind") String kind, @Param("number") int number);

    /** Makes the row of a partition's first life, where there is none. */
    @Insert("""
        INSERT IGNORE INTO partition_epoch (kind, number, epoch, replid, opened_at)
        VALUES (#{kind}, #{number}, 0, '', UTC_TIMESTAMP(3))
        """)
    int create(@Param("kind") String kind, @Param("number") int number);

    /** Takes the next epoch if the newest one is still the expected one: 1 taken, 0 somebody was faster. */
    @Update("""
        UPDATE partition_epoch SET epoch = #{next}, replid = #{replid}, opened_at = UTC_TIMESTAMP(3)
        WHERE kind = #{kind} AND number = #{number} AND epoch = #{expected}
        """)
    int take(
            @Param("kind") String kind,
            @Param("number") int number,
            @Param("expected") long expected,
            @Param("next") long next,
            @Param("replid") String replid);
}
