package im.magpie.tcp;

import org.apache.dubbo.config.spring.context.annotation.EnableDubbo;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** A gateway node. */
@SpringBootApplication
@EnableDubbo
public class ImTcp {

    /** Returns the application, configured by im-tcp.yml. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(ImTcp.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.name=im-tcp");
    }

    public static void main(String[] arguments) {
        // Dubbo's default choice of JSON library does not load on this JDK.
        System.setProperty("dubbo.json-framework.prefer", "fastjson2");
        System.setProperty("dubbo.compact.enable", "false");
        // The context's end is Dubbo's too; a hook of its own would cut the drain short.
        System.setProperty("dubbo.shutdownHook.listenIgnore", "true");
        System.setProperty("dubbo.service.shutdown.wait", "300");
        application().run(arguments);
    }
}
