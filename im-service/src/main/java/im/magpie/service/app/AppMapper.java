package im.magpie.service.app;

import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** The table {@code app}. */
@Mapper
interface AppMapper {

    @Select("SELECT app_id AS id, name, secret FROM app WHERE app_id = #{id}")
    @Nullable
    App find(String id);

    /** Returns how many rows were written: 0 when there is an app of this id. */
    @Insert("INSERT IGNORE INTO app (app_id, name, secret) VALUES (#{id}, #{name}, #{secret})")
    int insertIfAbsent(App app);
}
