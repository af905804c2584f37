package im.magpie.service.app;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The apps of this deployment. Every token asks for one, so they are remembered for a while. Safe for use by many threads. */
@Component
public final class Apps {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 10_000;

    private final LoadingCache<String, @Nullable App> known;

    Apps(AppMapper apps, Ticker ticker) {
        this.known = Caffeine.newBuilder()
                .expireAfterWrite(REMEMBERED)
                .maximumSize(MOST_REMEMBERED)
                .ticker(ticker)
                .build(apps::find);
    }

    /** @throws MagpieException UNKNOWN_APP */
    public App require(String appId) {
        var app = Identifiers.isAppId(appId) ? known.get(appId) : null;
        if (app == null) {
            throw new MagpieException(ErrorCode.UNKNOWN_APP, "there is no such app");
        }
        return app;
    }
}
