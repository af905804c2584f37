package im.magpie.standalone.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which module may know which, and which library belongs to whom. */
@AnalyzeClasses(packages = "im.magpie", importOptions = DoNotIncludeTests.class)
class ModulesTest {

    @ArchTest
    static final ArchRule modules = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("im.magpie..")
            .layer("codec")
            .definedBy("im.magpie.codec..")
            .layer("common")
            .definedBy("im.magpie.common..")
            .layer("tcp")
            .definedBy("im.magpie.tcp..")
            .layer("service")
            .definedBy("im.magpie.service..")
            .layer("store")
            .definedBy("im.magpie.store..")
            .layer("app-business")
            .definedBy("im.magpie.appbusiness..")
            .layer("client")
            .definedBy("im.magpie.client..")
            .layer("infrastructure")
            .definedBy("im.magpie.infrastructure..")
            .layer("standalone")
            .definedBy("im.magpie.standalone..")
            .whereLayer("codec")
            .mayNotAccessAnyLayer()
            .whereLayer("common")
            .mayOnlyAccessLayers("codec")
            .whereLayer("tcp")
            .mayOnlyAccessLayers("common", "codec")
            .whereLayer("service")
            .mayOnlyAccessLayers("common", "codec")
            .whereLayer("store")
            .mayOnlyAccessLayers("common", "codec")
            .whereLayer("app-business")
            .mayNotAccessAnyLayer()
            .whereLayer("client")
            .mayOnlyAccessLayers("codec")
            .whereLayer("infrastructure")
            .mayNotAccessAnyLayer()
            .whereLayer("standalone")
            .mayOnlyAccessLayers("infrastructure", "common", "tcp", "service", "store", "app-business")
            .because("the table of modules in ARCHITECTURE.md says so");

    @ArchTest
    static final ArchRule codecKnowsNoFramework = noClasses()
            .that()
            .resideInAPackage("im.magpie.codec..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..", "org.apache.dubbo..", "org.redisson..", "com.rabbitmq..", "java.sql..")
            .because("a client has to be able to use im-codec with nothing but Netty and protobuf");

    @ArchTest
    static final ArchRule redisBelongsToTheService = noClasses()
            .that()
            .resideOutsideOfPackages("im.magpie.service..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.redisson..")
            .because("every key in Redis is written by im-service's scripts; use an RPC instead");

    @ArchTest
    static final ArchRule gatewaysKeepNothing = noClasses()
            .that()
            .resideInAPackage("im.magpie.tcp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.apache.ibatis..")
            .because("a gateway is stateless beyond its live connections; use an RPC instead");

    @ArchTest
    static final ArchRule servicesDoNotKnowTheirServers = noClasses()
            .that()
            .resideOutsideOfPackages("im.magpie.infrastructure..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.qpid..")
            .because("a service talks to whatever server its settings name; use AMQP instead");
}
