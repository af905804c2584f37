package im.magpie.service;

import org.apache.dubbo.config.spring.context.annotation.EnableDubbo;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The business: sessions, messages, timelines, receipts, users and apps, over Dubbo for gateways and over HTTP for business systems. */
@SpringBootApplication
@EnableDubbo
public class ImService {

    public static void main(String[] arguments) {
        // Dubbo's default choice of JSON library does not load on this JDK.
        System.setProperty("dubbo.json-framework.prefer", "fastjson2");
        System.setProperty("dubbo.compact.enable", "false");
        // The context's end is Dubbo's too; a hook of its own would cut the drain short.
        System.setProperty("dubbo.shutdownHook.listenIgnore", "true");
        System.setProperty("dubbo.service.shutdown.wait", "300");
        application().run(arguments);
    }

    /** Returns the application, configured by {@code im-service.yml}; it may share its JVM and its class path with other services. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(ImService.class).properties("spring.config.name=im-service");
    }
}
