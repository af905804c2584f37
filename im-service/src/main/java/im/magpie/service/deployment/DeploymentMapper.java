package im.magpie.service.deployment;

import im.magpie.common.partition.Partitions;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** The one row of the table {@code deployment}. */
@Mapper
interface DeploymentMapper {

    /** Writes the row unless it is there. */
    @Insert("""
        INSERT IGNORE INTO deployment (id, conversation_partitions, user_partitions, store_queues)
        VALUES (1, #{conversations}, #{users}, #{storeQueues})\
        """)
    void insertIfAbsent(Partitions partitions);

    @Select("""
        SELECT conversation_partitions AS conversations, user_partitions AS users, store_queues
        FROM deployment WHERE id = 1\
        """)
    Partitions find();
}
