package im.magpie.tcp;

import im.magpie.common.application.ServiceApplication;
import org.apache.dubbo.config.spring.context.annotation.EnableDubbo;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** A gateway node. */
@SpringBootApplication
@EnableDubbo
public class ImTcp {

    public static void main(String[] arguments) {
        ServiceApplication.run(application(), arguments);
    }

    /** Returns the application, configured by {@code im-tcp.yml}; it may share its JVM and its class path with other services. */
    public static SpringApplicationBuilder application() {
        return ServiceApplication.of("im-tcp", ImTcp.class);
    }
}
