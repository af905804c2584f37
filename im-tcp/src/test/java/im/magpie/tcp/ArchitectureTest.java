package im.magpie.tcp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import im.magpie.common.rpc.Messages;
import im.magpie.common.rpc.Sessions;
import im.magpie.common.rpc.Timelines;
import java.time.Duration;

@AnalyzeClasses(packages = "im.magpie.tcp", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** What runs on event loops. The other packages hand their work over to threads of their own. */
    private static final String[] ON_EVENT_LOOPS = {
        "im.magpie.tcp.transport..",
        "im.magpie.tcp.connection..",
        "im.magpie.tcp.delivery..",
        "im.magpie.tcp.request..",
        "im.magpie.tcp.send.."
    };

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("im.magpie.tcp.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingOnAnEventLoopCallsAService = noClasses()
            .that()
            .resideInAnyPackage(ON_EVENT_LOOPS)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Sessions.class, Messages.class, Timelines.class);

    @ArchTest
    static final ArchRule nothingOnAnEventLoopTalksToTheBrokerOrTheRegistry = noClasses()
            .that()
            .resideInAnyPackage(ON_EVENT_LOOPS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.amqp..",
                    "com.rabbitmq..",
                    "com.alibaba.nacos..",
                    "org.apache.dubbo.rpc.cluster..");

    @ArchTest
    static final ArchRule aGatewayKnowsNeitherRedisNorADatabase = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.redisson..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule nothingSleepsOnAnEventLoop = noClasses()
            .that()
            .resideInAnyPackage(ON_EVENT_LOOPS)
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", Duration.class);
}
