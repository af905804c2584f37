package im.magpie.common.application;

import org.springframework.boot.builder.SpringApplicationBuilder;

/** What all services have in common before any of their own configuration is read. */
public final class ServiceApplication {

    private ServiceApplication() {}

    /**
     * Returns a service as it runs alone or beside others in one JVM: configured by {@code NAME.yml}, which imports
     * {@code im-common.yml}. Also sets the system properties of Dubbo, which reads these before any property of an application.
     *
     * @param name the service's name, {@code im-service} for example
     * @param source the application class
     */
    public static SpringApplicationBuilder of(String name, Class<?> source) {
        prepareDubbo();
        return new SpringApplicationBuilder(source).properties("spring.config.name=" + name);
    }

    /**
     * Runs a service alone in its JVM. Where it can't start, the process ends with status 1, whatever threads have been started by then: it would do nothing
     * for anybody, and whoever watches over it can start it again only when it has ended.
     */
    public static void run(SpringApplicationBuilder application, String... arguments) {
        var started = false;
        try {
            application.run(arguments);
            started = true;
        } finally {
            if (!started) {
                // Spring Boot has written why to the log.
                System.exit(1);
            }
        }
    }

    private static void prepareDubbo() {
        // Its default choice of a JSON library does not load on this JDK.
        System.setProperty("dubbo.json-framework.prefer", "fastjson2");
        System.setProperty("dubbo.compact.enable", "false");
        // Spring decides when a service ends, and Dubbo has nothing left to wait for then; a hook of its own would cut
        // a drain short.
        System.setProperty("dubbo.shutdownHook.listenIgnore", "true");
        System.setProperty("dubbo.service.shutdown.wait", "300");
    }
}
