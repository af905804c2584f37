package im.magpie.service;

import org.apache.dubbo.config.spring.context.annotation.EnableDubbo;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The business: sessions, messages, timelines, receipts, users and apps, over Dubbo for gateways and over HTTP for business systems. */
@SpringBootApplication
@EnableDubbo
public class ImService {

    public static void main(String[] arguments) {
        // Dubbo's own choice of a JSON library does not load on this JDK.
        System.setProperty("dubbo.json-framework.prefer", "fastjson2");
        application().run(arguments);
    }

    /** Returns the application, configured by {@code im-service.yml}; it may share its JVM and its class path with other services. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(ImService.class).properties("spring.config.name=im-service");
    }
}
