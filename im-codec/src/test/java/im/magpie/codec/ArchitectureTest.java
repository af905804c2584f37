package im.magpie.codec;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "im.magpie.codec", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_NETTY_PROTOBUF_AND_JSON_ONLY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "im.magpie.codec..",
                    "java..",
                    "com.google.protobuf..",
                    "com.google.gson..",
                    "io.netty.buffer..",
                    "io.netty.channel..",
                    "io.netty.handler.codec..",
                    "io.netty.util..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("im.magpie.codec.(*)..").should().beFreeOfCycles();
}
