package im.magpie.service.testing;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import im.magpie.common.database.ByteStringTypeHandler;
import im.magpie.infrastructure.EmbeddedMariaDb;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static @Nullable EmbeddedMariaDb server;
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
                dataSource = connect();
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
        configuration.getTypeHandlerRegistry().register(ByteStringTypeHandler.class);
        configuration.addMapper(type);
        return new SqlSessionTemplate(new SqlSessionFactoryBuilder().build(configuration)).getMapper(type);
    }

    /** Returns what an application has to be told to have an empty database of its own here. */
    public Map<String, String> settings() {
        return server().settings("magpie_app");
    }

    /** Does something while the server is stopped. When this returns, the pool has connections to use again. */
    public void stoppedDuring(Runnable something) {
        var pool = (HikariDataSource) dataSource();
        server().close();
        try {
            something.run();
        } finally {
            server().start();
            pool.getHikariPoolMXBean().softEvictConnections();
            await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
                try (var connection = pool.getConnection()) {
                    return connection.isValid(1);
                }
            });
        }
    }

    private static EmbeddedMariaDb server() {
        synchronized (LOCK) {
            if (server == null) {
                // Nobody looks at what these tests wrote after the machine has lost its power.
                var started =
                        new EmbeddedMariaDb(TestServers.DATA, List.of("--innodb-flush-log-at-trx-commit=0"), List.of());
                started.start();
                server = started;
            }
            return server;
        }
    }

    private static HikariDataSource connect() {
        var credentials = server().address().credentials();
        var pool = new HikariDataSource();
        pool.setJdbcUrl(server().jdbcUrl("magpie_service"));
        pool.setUsername(credentials.user());
        pool.setPassword(credentials.password());
        pool.setMaximumPoolSize(16);
        pool.setConnectionTimeout(5_000);
        pool.setMinimumIdle(1);
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/im-service")
                .load()
                .migrate();
        return pool;
    }
}
