package im.magpie.service.http;

import im.magpie.common.database.ByteStringTypeHandler;
import im.magpie.common.node.LocalNodeRegistry;
import im.magpie.service.app.App;
import im.magpie.service.app.TestApps;
import im.magpie.service.group.VisibleGroups;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.user.UserDisabled;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.apache.ibatis.annotations.Mapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mybatis.spring.annotation.MapperScan;
import org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP API on a free port, over the test database: everything but what needs Redis and the broker. The tests of a JVM share it. Before
 * each test the database is empty but for the apps of {@link TestApps}. Register it as a static extension.
 */
public final class TestHttp implements BeforeEachCallback {

    private static final TestDatabase DATABASE = new TestDatabase();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static @Nullable ServletWebServerApplicationContext context;

    /** An answer; its body is a missing node where there is none. */
    public record Answer(int status, String contentType, JsonNode body) {

        /** Returns the name of a problem's code. */
        public String code() {
            return body.path("code").asString("");
        }
    }

    @Override
    public void beforeEach(ExtensionContext extension) throws Exception {
        DATABASE.beforeEach(extension);
        start();
        for (var app : List.of(TestApps.ACME, TestApps.OTHER)) {
            insert(app);
        }
        bean(LocalNodeRegistry.class).nodes().forEach(bean(LocalNodeRegistry.class)::deregister);
        bean(Disabled.class).users.clear();
    }

    /** Returns a bean of the application. */
    public <T> T bean(Class<T> type) {
        return start().getBean(type);
    }

    /** Returns the users that have been said to be disabled. */
    public List<UserDisabled> disabled() {
        return bean(Disabled.class).users;
    }

    /** Calls with a token. */
    public Answer call(String token, String method, String path) {
        return call(token, method, path, BodyPublishers.noBody());
    }

    /** Calls with a token and a body of JSON. */
    public Answer call(String token, String method, String path, String json) {
        return call(token, method, path, BodyPublishers.ofString(json));
    }

    /** The same, with a body of any kind. */
    public Answer call(String token, String method, String path, BodyPublisher body) {
        return exchange(request(method, path, body).header("Authorization", "Bearer " + token));
    }

    /** Returns a call without a token. */
    public HttpRequest.Builder request(String method, String path, BodyPublisher body) {
        var address = "http://127.0.0.1:"
                + Objects.requireNonNull(start().getWebServer()).getPort() + path;
        return HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .method(method, body);
    }

    public Answer exchange(HttpRequest.Builder request) {
        try {
            var response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), contentType(response), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String contentType(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    private static void insert(App app) {
        JdbcClient.create(DATABASE.dataSource())
                .sql("INSERT INTO app (app_id, name, secret) VALUES (?, ?, ?)")
                .params(app.id(), app.name(), app.secret())
                .update();
    }

    private static synchronized ServletWebServerApplicationContext start() {
        if (context == null) {
            context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Application.class)
                    .properties(
                            "server.port=0",
                            "server.address=127.0.0.1",
                            "im.service.first-app.id=first",
                            "im.service.first-app.secret=" + TestApps.ACME.secret(),
                            "im.service.blacklist.max-entries=3",
                            "spring.main.banner-mode=off",
                            "spring.config.name=im-service")
                    .initializers(fresh -> fresh.getBeanFactory().registerSingleton("nodes", new LocalNodeRegistry()))
                    .run();
        }
        return context;
    }

    static final class Disabled {

        private final List<UserDisabled> users = new CopyOnWriteArrayList<>();

        @EventListener
        void disabled(UserDisabled event) {
            users.add(event);
        }
    }

    /** Not annotated as a configuration, so that the scan of the whole application does not find it. */
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        ValidationAutoConfiguration.class,
        MybatisAutoConfiguration.class
    })
    @ComponentScan({
        "im.magpie.service.app",
        "im.magpie.service.avatar",
        "im.magpie.service.user",
        "im.magpie.service.usersig",
        "im.magpie.service.blacklist",
        "im.magpie.service.cache",
        "im.magpie.service.device",
        "im.magpie.service.gateway",
        "im.magpie.service.http"
    })
    @MapperScan(basePackages = "im.magpie.service", annotationClass = Mapper.class)
    @Import({ByteStringTypeHandler.class, VisibleGroups.class})
    static class Application {

        @Bean
        DataSource dataSource() {
            return DATABASE.dataSource();
        }

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Disabled disabledUsers() {
            return new Disabled();
        }
    }
}
