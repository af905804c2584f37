package im.magpie.common.nacos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.alibaba.nacos.api.config.ConfigService;
import com.alibaba.nacos.api.config.listener.AbstractListener;
import com.alibaba.nacos.api.exception.NacosException;
import im.magpie.common.live.LiveSettings;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * Takes changes of settings from a document in Nacos: {@code im-service.yaml} for im-service, and so on, in the default
 * group. Where there is no document, or Nacos can't be reached, the settings stay what they are.
 */
final class NacosLiveSettings implements SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(NacosLiveSettings.class);
    private static final String GROUP = "DEFAULT_GROUP";
    private static final int PATIENCE_MILLIS = 3_000;

    private final ConfigService nacos;
    private final String document;
    private final LiveSettings settings;
    private final YamlPropertySourceLoader yaml = new YamlPropertySourceLoader();

    NacosLiveSettings(ConfigService nacos, String service, LiveSettings settings) {
        this.nacos = nacos;
        this.document = service + ".yaml";
        this.settings = settings;
    }

    /** When all who have settings are there. */
    @Override
    public void afterSingletonsInstantiated() {
        var listener = new AbstractListener() {
            @Override
            public void receiveConfigInfo(String content) {
                take(content);
            }
        };
        try {
            take(nacos.getConfigAndSignListener(document, GROUP, PATIENCE_MILLIS, listener));
        } catch (NacosException e) {
            LOG.warn("{} can't be read from Nacos now, and is read as soon as it can be: {}", document, e.toString());
            listen(listener);
        }
    }

    private void listen(AbstractListener listener) {
        try {
            nacos.addListener(document, GROUP, listener);
        } catch (NacosException e) {
            throw new IllegalStateException("Nacos can't be used as configured", e);
        }
    }

    private void take(@Nullable String content) {
        try {
            settings.change(parse(content == null ? "" : content));
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} is refused, and everything stays as it was: {}", document, e.getMessage());
        }
    }

    private EnumerablePropertySource<?> parse(String content) throws IOException {
        var sources = yaml.load(document, new ByteArrayResource(content.getBytes(UTF_8)));
        if (sources.isEmpty()) {
            return new MapPropertySource(document, Map.of());
        }
        if (sources.size() == 1 && sources.getFirst() instanceof EnumerablePropertySource<?> only) {
            return only;
        }
        throw new IOException("it holds several documents");
    }

    @Override
    public void destroy() throws NacosException {
        nacos.shutDown();
    }
}
