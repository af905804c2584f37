package im.magpie.service.testing;

import im.magpie.common.node.LocalNodeRegistry;
import im.magpie.common.rpc.BarrierAnswer;
import im.magpie.common.rpc.BarrierQuery;
import im.magpie.common.rpc.DubboMessageHistoryTriple;
import im.magpie.common.rpc.HeadsAnswer;
import im.magpie.common.rpc.HeadsQuery;
import im.magpie.common.rpc.HistoryAnswer;
import im.magpie.common.rpc.HistoryQuery;
import im.magpie.common.rpc.LookupAnswer;
import im.magpie.common.rpc.LookupQuery;
import im.magpie.service.ImService;
import im.magpie.service.app.App;
import im.magpie.service.usersig.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.dubbo.config.annotation.DubboService;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service as it is deployed, with the parts of its neighbours played in memory: im-message-store by a {@link MemoryStore}, into which somebody has to bring what comes
 * through the store queue.
 */
public final class TestService implements AutoCloseable {

    /** The first app, and its only one. */
    public static final App APP = new App("app", "", "a secret of these tests' own".repeat(2));

    public static final String ADMIN = TestTokens.admin(APP);

    private static final String[] SETTINGS = {
        "--im.http.port=0",
        "--im.readiness.look-every=50ms",
        "--im.readiness.patience=100ms",
        "--management.server.port=-1",
        "--im.service.first-app.id=app",
        "--im.service.first-app.secret=" + APP.secret(),
        "--dubbo.registry.address=N/A",
        "--dubbo.protocol.name=injvm",
        "--dubbo.provider.scope=local",
        "--dubbo.consumer.scope=local"
    };

    private static final JsonMapper JSON = new JsonMapper();
    private static final MemoryStore STORE = new MemoryStore();

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext application;

    private TestService(ConfigurableApplicationContext application) {
        this.application = application;
    }

    /** Starts one, with settings beside those that it needs. */
    public static TestService start(TestDatabase database, TestRedis redis, String... settings) {
        var all = Stream.concat(Stream.of(settings), Stream.of(SETTINGS)).toArray(String[]::new);
        return new TestService(ImService.application()
                .sources(Surroundings.class)
                .initializers(context -> {
                    context.getBeanFactory().registerSingleton("nodes", new LocalNodeRegistry());
                    TestPropertyValues.of(database.settings())
                            .and(redis.settings())
                            .and(TestBroker.shared().settings())
                            .applyTo(context);
                })
                .run(all));
    }

    /** Returns what is in the store, and in those of all services of this JVM. */
    public static MemoryStore store() {
        return STORE;
    }

    /** Returns a bean of the application. */
    public <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    /** Returns what proves that somebody is a user of the app. */
    public static String userSig(String userId) {
        return TestTokens.userSig(APP, userId);
    }

    /** What an HTTP call is answered; the body is a missing node where there is none. */
    public record Answer(int status, JsonNode body) {

        /** Returns the name of a problem's code. */
        public String code() {
            return body.path("code").asString("");
        }
    }

    /** Calls over HTTP with a token, and with an empty object where the method takes a body. */
    public Answer call(String method, String path, String token) {
        return call(method, path, token, method.startsWith("P") ? "{}" : "");
    }

    /** Calls over HTTP with a token and a body. */
    public Answer call(String method, String path, String token, String body) {
        var response = exchange(method, path, token, body);
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    /** The same, where the answer is no JSON. */
    public HttpResponse<String> exchange(String method, String path, String token, String body) {
        var server = ((ServletWebServerApplicationContext) application).getWebServer();
        var address = "http://127.0.0.1:" + Objects.requireNonNull(server).getPort() + path;
        var request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        application.close();
    }

    @Configuration(proxyBeanMethods = false)
    static class Surroundings {

        /** Reached over Dubbo only, as it is in a deployment. */
        @Bean(autowireCandidate = false)
        @DubboService
        HistoryProvider historyProvider() {
            return new HistoryProvider();
        }

        @Bean(autowireCandidate = false)
        @DubboService
        MemoryRooms roomHistoryProvider() {
            return STORE.rooms();
        }
    }

    static final class HistoryProvider extends DubboMessageHistoryTriple.MessageHistoryImplBase {

        @Override
        public HeadsAnswer heads(HeadsQuery query) {
            return STORE.heads(query);
        }

        @Override
        public LookupAnswer lookup(LookupQuery query) {
            return STORE.lookup(query);
        }

        @Override
        public HistoryAnswer pull(HistoryQuery query) {
            return STORE.pull(query);
        }

        @Override
        public BarrierAnswer committedBarrier(BarrierQuery query) {
            return STORE.committedBarrier(query);
        }
    }
}
