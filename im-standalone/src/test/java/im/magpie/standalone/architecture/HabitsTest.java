package im.magpie.standalone.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import im.magpie.common.rpc.Messages;
import im.magpie.common.rpc.Sessions;
import im.magpie.common.rpc.Timelines;

/** What no code of ours does. */
@AnalyzeClasses(packages = "im.magpie", importOptions = DoNotIncludeTests.class)
class HabitsTest {

    /** What runs on event loops; lane, timeline, heartbeat, login and push hand over to workers of their own. */
    private static final String[] EVENT_LOOP_PACKAGES = {
        "im.magpie.codec..",
        "im.magpie.tcp.connection..",
        "im.magpie.tcp.delivery..",
        "im.magpie.tcp.request..",
        "im.magpie.tcp.send..",
        "im.magpie.tcp.transport..",
        "im.magpie.client.connection..",
        "im.magpie.client.outbox..",
        "im.magpie.client.timeline..",
    };

    @ArchTest
    static final ArchRule noBlockingClientOnEventLoops = noClasses()
            .that()
            .resideInAnyPackage(EVENT_LOOP_PACKAGES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.dubbo..",
                    "org.springframework.amqp..",
                    "com.rabbitmq..",
                    "org.redisson..",
                    "java.sql..",
                    "java.net.http..",
                    "com.alibaba.nacos..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Messages.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Sessions.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Timelines.class)
            .because("nothing on an event loop may block; use a lane or a bounded worker instead");

    @ArchTest
    static final ArchRule noCyclesBetweenPackages =
            slices().matching("im.magpie.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyPrintsStackTraces = noClasses()
            .should()
            .callMethod(Throwable.class, "printStackTrace")
            .because("logs are read by people and machines; use a logger instead");
}
