package im.magpie.store;

import java.time.Clock;
import org.apache.dubbo.config.spring.context.annotation.EnableDubbo;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The message store: from the store queues into the database, and from there to whoever asks for history. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableDubbo
public class ImMessageStore {

    public static void main(String[] arguments) {
        // Dubbo's own choice of a JSON library does not load on this JDK.
        System.setProperty("dubbo.json-framework.prefer", "fastjson2");
        System.setProperty("dubbo.compact.enable", "false");
        // Spring decides when this service ends, and Dubbo has nothing left to wait for then.
        System.setProperty("dubbo.shutdownHook.listenIgnore", "true");
        System.setProperty("dubbo.service.shutdown.wait", "300");
        application().run(arguments);
    }

    /** Returns this service as it runs alone, to be run by {@link #main} or beside others in one JVM. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(ImMessageStore.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.name=im-message-store");
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
