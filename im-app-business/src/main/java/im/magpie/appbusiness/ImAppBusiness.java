package im.magpie.appbusiness;

import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The example business system. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ImAppBusiness {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    public static void main(String[] arguments) {
        application().run(arguments);
    }

    /** Returns the application, configured by {@code im-app-business.yml}; it may share its JVM and its class path with other services. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(ImAppBusiness.class).properties("spring.config.name=im-app-business");
    }
}
