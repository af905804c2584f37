package im.magpie.service.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Makes the first app before anybody can ask for it. An app that is there stays as it is. */
@Component
@EnableConfigurationProperties(FirstAppProperties.class)
final class FirstApp implements InitializingBean {

    private static final Logger log = LoggerFactory.getLogger(FirstApp.class);

    private final App app;
    private final AppMapper apps;

    FirstApp(FirstAppProperties properties, AppMapper apps) {
        this.app = properties.toApp();
        this.apps = apps;
    }

    @Override
    public void afterPropertiesSet() {
        if (apps.insertIfAbsent(app) == 1) {
            log.info("Made the app {}", app.id());
        } else if (!app.equals(apps.find(app.id()))) {
            log.warn("im.service.first-app differs from the app {} in the database, which stays as it is", app.id());
        }
    }
}
