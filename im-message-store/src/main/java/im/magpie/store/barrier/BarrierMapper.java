package im.magpie.store.barrier;

import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** Statements on {@code barrier}. */
@Mapper
public interface BarrierMapper {

    /**
     * Returns the rows of these partitions and keeps them to this transaction. Two consumers of one queue, of which one does not know yet
     * that it has been replaced, so take turns. The index is named because a scan of the few rows there are would wait for other queues'.
     */
    @Select("""
        <script>
        SELECT partition_number, epoch, committed_at FROM barrier FORCE INDEX (PRIMARY)
        WHERE partition_number IN <foreach collection="partitions" item="p" open="(" separator="," close=")">#{p}</foreach>
        ORDER BY partition_number
        FOR UPDATE
        </script>\
        """)
    List<BarrierRow> lock(@Param("partitions") Collection<Integer> partitions);

    /** Writes the partition's row unless its epoch is this one's or higher. */
    @Insert("""
        INSERT INTO barrier (partition_number, epoch, committed_at) VALUES (#{partitionNumber}, #{epoch}, #{committedAt})
        ON DUPLICATE KEY UPDATE
          committed_at = IF(VALUES(epoch) > epoch, VALUES(committed_at), committed_at),
          epoch = GREATEST(epoch, VALUES(epoch))\
        """)
    void raise(BarrierRow row);

    /** Returns the highest epoch whose barrier is committed, null when there is none. */
    @Select("SELECT epoch FROM barrier WHERE partition_number = #{partition}")
    @Nullable
    Long epoch(int partition);
}
