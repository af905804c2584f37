package im.magpie.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "im.magpie.client", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_SDK_KNOWS_THE_CODEC_AND_NETTY_ONLY = classes()
            .that()
            .resideOutsideOfPackage("im.magpie.client.cli..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "im.magpie.client",
                    "im.magpie.client.connection..",
                    "im.magpie.client.outbox..",
                    "im.magpie.client.room..",
                    "im.magpie.client.store..",
                    "im.magpie.client.timeline..",
                    "im.magpie.codec..",
                    "java..",
                    "com.google.protobuf..",
                    "io.netty..",
                    "org.jspecify.annotations..",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule PARTS_DO_NOT_KNOW_THE_CLIENT = classes()
            .that()
            .resideInAnyPackage(
                    "im.magpie.client.connection..",
                    "im.magpie.client.outbox..",
                    "im.magpie.client.room..",
                    "im.magpie.client.store..",
                    "im.magpie.client.timeline..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackages("im.magpie.client", "im.magpie.client.cli..");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("im.magpie.client.(*)..").should().beFreeOfCycles();
}
