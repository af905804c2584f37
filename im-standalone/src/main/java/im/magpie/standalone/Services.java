package im.magpie.standalone;

import im.magpie.appbusiness.ImAppBusiness;
import im.magpie.common.node.LocalNodeRegistry;
import im.magpie.service.ImService;
import im.magpie.store.ImMessageStore;
import im.magpie.tcp.ImTcp;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The services, each in a context of its own. They start one after the other, from the store to those who call it, and stop the other way
 * round.
 */
final class Services implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Services.class);

    private final LocalNodeRegistry nodes = new LocalNodeRegistry();

    /** One page for all contexts; each has a tag that tells its meters from the others'. */
    private final PrometheusRegistry meters = new PrometheusRegistry();

    private final Deque<ConfigurableApplicationContext> running = new ArrayDeque<>();
    private int servicePort;
    private int managementPort;
    private int businessPort;

    /** Starts everything, or nothing: what had started is stopped again when something does not. */
    static Services start(StandaloneOptions options, ServiceArguments arguments) {
        var services = new Services();
        try {
            services.startAll(options, arguments);
            return services;
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    private void startAll(StandaloneOptions options, ServiceArguments arguments) {
        start(ImMessageStore.application(), arguments.messageStore());
        var service =
                start(ImService.application(), arguments.service(options.servicePort(), options.managementPort()));
        servicePort = port(service, "server");
        managementPort = port(service, "management");
        for (var node = 0; node < options.gateways(); node++) {
            start(ImTcp.application(), arguments.gateway(node));
        }
        businessPort = port(
                start(ImAppBusiness.application(), arguments.business(options.businessPort(), servicePort)), "server");
    }

    private ConfigurableApplicationContext start(SpringApplicationBuilder application, String... arguments) {
        var context = application
                .registerShutdownHook(false)
                .initializers(fresh -> {
                    fresh.getBeanFactory().registerSingleton("nodeRegistry", nodes);
                    fresh.getBeanFactory().registerSingleton("prometheusRegistry", meters);
                })
                .run(arguments);
        running.push(context);
        return context;
    }

    private static int port(ConfigurableApplicationContext context, String server) {
        var port = context.getEnvironment().getProperty("local.%s.port".formatted(server));
        return Integer.parseInt(Objects.requireNonNull(port, "no web server"));
    }

    LocalNodeRegistry nodes() {
        return nodes;
    }

    int servicePort() {
        return servicePort;
    }

    int managementPort() {
        return managementPort;
    }

    int businessPort() {
        return businessPort;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            var context = running.pop();
            try {
                context.close();
            } catch (RuntimeException e) {
                log.warn("{} did not stop cleanly", context.getApplicationName(), e);
            }
        }
    }
}
