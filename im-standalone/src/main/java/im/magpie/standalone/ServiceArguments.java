package im.magpie.standalone;

import im.magpie.infrastructure.EmbeddedInfrastructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The properties that point each service's production wiring at the embedded infrastructure, as command line arguments. */
final class ServiceArguments {

    /** The app that is made at the first start, and that the example business system owns. */
    static final String APP_ID = "demo";

    private static final String NO_DATABASE = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
            + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration,"
            + "org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration";
    private static final String NO_BROKER = "org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration";

    /** Whose management port answers for all. */
    private static final String OBSERVER = "im-service";

    private final StandaloneOptions options;
    private final EmbeddedInfrastructure infrastructure;
    private final String appSecret;

    ServiceArguments(StandaloneOptions options, EmbeddedInfrastructure infrastructure, String appSecret) {
        this.options = options;
        this.infrastructure = infrastructure;
        this.appSecret = appSecret;
    }

    String[] messageStore() {
        var arguments = inOneJvm("im-message-store");
        addAll(arguments, infrastructure.database().settings("magpie_store"));
        addAll(arguments, infrastructure.broker().settings());
        add(arguments, "spring.main.web-application-type", "none");
        return arguments.toArray(String[]::new);
    }

    String[] service(int port, int managementPort) {
        var arguments = inOneJvm(OBSERVER);
        addAll(arguments, infrastructure.database().settings("magpie_service"));
        addAll(arguments, infrastructure.broker().settings());
        addAll(arguments, infrastructure.redis().settings());
        addHttp(arguments, port);
        add(arguments, "management.server.address", "127.0.0.1");
        add(arguments, "management.server.port", managementPort);
        add(arguments, "im.service.first-app.id", APP_ID);
        add(arguments, "im.service.first-app.name", "Demo");
        add(arguments, "im.service.first-app.secret", appSecret);
        return arguments.toArray(String[]::new);
    }

    String[] gateway(int node) {
        var arguments = inOneJvm("gateway-" + (node + 1));
        addAll(arguments, infrastructure.broker().settings());
        add(arguments, "spring.main.web-application-type", "none");
        add(arguments, "spring.autoconfigure.exclude", NO_DATABASE);
        add(arguments, "im.tcp.node-id", "gateway-" + (node + 1));
        add(arguments, "im.tcp.host", options.host());
        add(arguments, "im.tcp.listen.address", options.host());
        add(arguments, "im.tcp.listen.tcp-port", StandaloneOptions.portOf(options.tcpPort(), node));
        add(arguments, "im.tcp.listen.web-socket-port", StandaloneOptions.portOf(options.webSocketPort(), node));
        add(arguments, "im.tcp.heartbeat.interval", options.heartbeat());
        return arguments.toArray(String[]::new);
    }

    String[] business(int port, int servicePort) {
        var arguments = inOneJvm("im-app-business");
        addAll(arguments, infrastructure.database().settings("magpie_app"));
        add(arguments, "dubbo.enabled", "false");
        add(
                arguments,
                "spring.autoconfigure.exclude",
                NO_BROKER + ",org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration");
        addHttp(arguments, port);
        add(arguments, "management.server.port", -1);
        add(arguments, "im.app-business.magpie-urls", "http://" + options.host() + ":" + servicePort);
        add(arguments, "im.app-business.app-id", APP_ID);
        add(arguments, "im.app-business.app-secret", appSecret);
        return arguments.toArray(String[]::new);
    }

    private static List<String> inOneJvm(String node) {
        var arguments = new ArrayList<String>();
        add(arguments, "management.metrics.tags.node", node);
        if (!node.equals(OBSERVER)) {
            // Of the process there is one, and one of the services tells of it.
            for (var binder : List.of("jvm", "processor", "uptime", "files", "logback")) {
                add(arguments, "management.metrics.binders." + binder + ".enabled", false);
            }
        }
        add(arguments, "dubbo.registry.address", "N/A");
        add(arguments, "dubbo.protocol.name", "injvm");
        add(arguments, "dubbo.consumer.scope", "local");
        add(arguments, "dubbo.provider.scope", "local");
        add(arguments, "spring.main.banner-mode", "off");
        // The name that logs would show is that of the context that started first.
        add(arguments, "logging.include-application-name", "false");
        add(arguments, "logging.level.org.apache.dubbo", "ERROR");
        return arguments;
    }

    /** Nobody runs these services one by one, so only those that answer users over HTTP listen for it. */
    private void addHttp(List<String> arguments, int port) {
        add(arguments, "im.http.address", options.host());
        add(arguments, "im.http.port", port);
    }

    private static void addAll(List<String> arguments, Map<String, String> settings) {
        settings.forEach((name, value) -> add(arguments, name, value));
    }

    private static void add(List<String> arguments, String name, Object value) {
        arguments.add("--" + name + "=" + value);
    }
}
