package im.magpie.service.app;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Apps for tests that are not about them. */
public final class TestApps {

    public static final App ACME = new App("acme", "Acme", "the secret that only Acme knows ...");
    public static final App OTHER = new App("other", "Other", "the secret that only Other knows ..");

    /** Returns apps that no database knows. */
    public static Apps of(App... apps) {
        var byId = Arrays.stream(apps).collect(Collectors.toMap(App::id, Function.identity()));
        return new Apps(
                new AppMapper() {
                    @Override
                    public @Nullable App find(String id) {
                        return byId.get(id);
                    }

                    @Override
                    public int insertIfAbsent(App app) {
                        throw new UnsupportedOperationException();
                    }
                },
                Ticker.systemTicker());
    }

    private TestApps() {}
}
