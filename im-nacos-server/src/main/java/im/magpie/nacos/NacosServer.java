package im.magpie.nacos;

import com.alibaba.nacos.core.code.ControllerMethodsCache;
import com.alibaba.nacos.core.remote.BaseRpcServer;
import com.alibaba.nacos.core.remote.ConnectionManager;
import com.alibaba.nacos.core.remote.grpc.GrpcBiStreamRequestAcceptor;
import com.alibaba.nacos.core.remote.grpc.GrpcRequestAcceptor;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.web.servlet.ServletComponentScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Nacos in standalone mode, for development and tests. It asks nobody for a password, so it listens on the loopback address only; a
 * deployment runs the official server.
 *
 * <p>Ports, with P as given: P (HTTP), P+1000 (the clients' gRPC), P-1000 (Raft, which standalone mode starts all the same).
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            SecurityAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class,
            SecurityFilterAutoConfiguration.class,
            ManagementWebSecurityAutoConfiguration.class
        })
@ComponentScan(
        basePackages = "com.alibaba.nacos",
        excludeFilters = {
            // Those listen on every address; LoopbackRpcServer stands in for the one of the two that a single server
            // needs.
            @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = BaseRpcServer.class),
            // The main classes of Nacos' modules, which would scan it all again without this filter.
            @Filter(type = FilterType.ANNOTATION, classes = SpringBootApplication.class)
        })
@ServletComponentScan(basePackages = "com.alibaba.nacos")
@EnableScheduling
public class NacosServer {

    static final String LOOPBACK = "127.0.0.1";

    private static final String USAGE = "arguments: PORT FOLDER";

    /**
     * Starts the server, which runs until the process ends.
     *
     * @param arguments the port and the folder that holds everything
     */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println(USAGE);
            System.exit(2);
        }
        // System properties, because Nacos reads most of them without Spring.
        properties(arguments[0], Path.of(arguments[1]).toAbsolutePath()).forEach(System::setProperty);
        SpringApplication.run(NacosServer.class);
    }

    private static Map<String, String> properties(String port, Path home) {
        return Map.ofEntries(
                Map.entry("nacos.standalone", "true"),
                Map.entry("nacos.home", home.toString()),
                Map.entry("nacos.server.ip", LOOPBACK),
                Map.entry("nacos.member.list", ""),
                Map.entry("server.port", port),
                Map.entry("server.address", LOOPBACK),
                Map.entry("server.servlet.context-path", "/nacos"),
                Map.entry("server.tomcat.basedir", home.resolve("tomcat").toString()),
                Map.entry("server.tomcat.accesslog.enabled", "false"),
                Map.entry("spring.main.banner-mode", "off"),
                // Its database need not survive a power failure, and on a busy disk it would take longer to begin than
                // Nacos waits.
                Map.entry("derby.system.durability", "test"),
                Map.entry("derby.stream.error.file", home.resolve("derby.log").toString()));
    }

    @Bean
    LoopbackRpcServer rpcServer(
            GrpcRequestAcceptor requests, GrpcBiStreamRequestAcceptor streams, ConnectionManager connections) {
        return new LoopbackRpcServer(requests, streams, connections);
    }

    /** Fills the table by which Nacos finds the method for a request; without it every request is answered 501. */
    @Bean
    InitializingBean controllerMethods(ControllerMethodsCache cache) {
        return () -> {
            cache.initClassMethod("com.alibaba.nacos.core.controller");
            cache.initClassMethod("com.alibaba.nacos.naming.controllers");
            cache.initClassMethod("com.alibaba.nacos.config.server.controller");
        };
    }
}
