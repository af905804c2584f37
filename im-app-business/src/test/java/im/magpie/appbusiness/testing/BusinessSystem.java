package im.magpie.appbusiness.testing;

import static org.awaitility.Awaitility.await;

import im.magpie.appbusiness.ImAppBusiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The application as it is deployed; the tests of a JVM share it. Register it as a static extension. */
public final class BusinessSystem implements BeforeEachCallback {

    /** An answer, with its body as text and as JSON. */
    public record Answer(int status, String text, JsonNode json) {

        /** Returns the code of the problem that is answered, empty when it is none. */
        public String code() {
            return json.path("code").asString("");
        }
    }

    public static final String APP = "acme";
    public static final String SECRET = "the secret of acme, which is known to nobody else";

    /** An instance of Magpie that is never there. Nobody listens at the port of "discard". */
    private static final String NOBODY = "http://127.0.0.1:9";

    /** Small, so that tests get past it. */
    public static final int ATTEMPTS = 3;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final FakeMagpie MAGPIE = new FakeMagpie();
    private static final MovableClock CLOCK = new MovableClock();
    private static @Nullable ConfigurableApplicationContext context;

    @Override
    public void beforeEach(ExtensionContext test) {
        MAGPIE.reset();
        application();
    }

    private static synchronized ConfigurableApplicationContext application() {
        if (context == null) {
            context = ImAppBusiness.application()
                    .initializers(fresh -> {
                        fresh.getBeanFactory().registerSingleton("clock", CLOCK);
                        TestPropertyValues.of(settings()).applyTo(fresh);
                    })
                    .run();
        }
        return context;
    }

    /** Returns everything that the application has to be told. */
    public static Map<String, String> settings() {
        var settings = new HashMap<>(TestDatabase.SERVER.settings(TestDatabase.NAME));
        settings.put("im.http.address", "127.0.0.1");
        settings.put("im.http.port", "0");
        settings.put("management.server.port", "-1");
        settings.put("im.app-business.magpie-urls", NOBODY + "," + MAGPIE.url());
        settings.put("im.app-business.app-id", APP);
        settings.put("im.app-business.app-secret", SECRET);
        settings.put("im.app-business.timeout", "500ms");
        settings.put("im.app-business.login-attempts.failures", Integer.toString(ATTEMPTS));
        settings.put("spring.datasource.hikari.connection-timeout", "1000");
        settings.put("spring.main.banner-mode", "off");
        return settings;
    }

    public FakeMagpie magpie() {
        return MAGPIE;
    }

    /** Does something while the database is stopped. */
    public <T> T withoutDatabase(Supplier<T> something) {
        TestDatabase.SERVER.close();
        try {
            return something.get();
        } finally {
            TestDatabase.SERVER.start();
            await().ignoreExceptions().until(this::reachesDatabase);
        }
    }

    private boolean reachesDatabase() {
        return !database().sql("SELECT 1").query().singleColumn().isEmpty();
    }

    public MovableClock clock() {
        return CLOCK;
    }

    public JdbcClient database() {
        return application().getBean(JdbcClient.class);
    }

    /** Returns a user id that nobody has. */
    public String newName() {
        return "user-" + NAMES.incrementAndGet();
    }

    public Answer register(String userId, String password) {
        return post("/v1/register", Map.of("userId", userId, "password", password));
    }

    public Answer login(String userId, String password) {
        return post("/v1/login", Map.of("userId", userId, "password", password));
    }

    /** Makes the same call many times at once. */
    public List<Answer> atOnce(int times, Supplier<Answer> call) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = Stream.generate(() -> CompletableFuture.supplyAsync(call, threads))
                    .limit(times)
                    .toList();
            return answers.stream().map(CompletableFuture::join).toList();
        }
    }

    public Answer post(String path, Map<String, ?> body) {
        return post(path, JSON.writeValueAsString(body));
    }

    public Answer post(String path, String body) {
        var port = application().getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            var answer = HTTP.send(request, BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
