package im.magpie.e2e.chaos;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * A folder like that of the built modules, in which one promise of im-service is taken out of its executable jar. What is built, and shipped, has no
 * switch for it.
 */
enum BrokenBuild {
    /** A message is settled and acknowledged as soon as it is on its way to the broker. */
    ACKNOWLEDGES_BEFORE_THE_CONFIRM("im/magpie/service/broker/StorePublisher.class", BrokenBuild::waitsForNothing),

    /** A message that is offered again is taken for a new one. */
    KNOWS_NO_RESENDS("lua/accept.lua", script -> replaced(script, "local mark = marks[name]", "local mark = nil")),

    /** Scripts go on in an epoch that is over. */
    KNOWS_NO_EPOCHS("lua/prelude.lua", BrokenBuild::comparesNoEpochs),

    /** Whoever has ever been in a group reads all of it. */
    KNOWS_NO_EXTENTS("im/magpie/service/membership/Extents.class", BrokenBuild::readsEverything);

    private static final String MODULE = "im-service";
    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final String CLASSES = "/BOOT-INF/classes/";
    private static final List<String> OTHERS =
            List.of("im-nacos-server", "im-message-store", "im-tcp", "im-app-business");

    private final String file;
    /** Holds nothing. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<byte[]> defect;

    BrokenBuild(String file, UnaryOperator<byte[]> defect) {
        this.file = file;
        this.defect = defect;
    }

    /** Makes the folder below another, from the modules as they are built. */
    Path in(Path parent, Path modules) throws IOException {
        var folder = Files.createDirectories(parent.resolve(name().toLowerCase(Locale.ROOT)));
        for (var other : OTHERS) {
            link(folder.resolve(other), modules.resolve(other));
        }
        shareUnpacked(folder, modules);
        var target = Files.createDirectories(folder.resolve(MODULE).resolve("target"));
        var name = MODULE + "-" + VERSION + "-exec.jar";
        var jar = target.resolve(name);
        Files.deleteIfExists(jar);
        Files.copy(modules.resolve(MODULE).resolve("target").resolve(name), jar);
        try (var inside = FileSystems.newFileSystem(jar)) {
            var broken = inside.getPath(CLASSES + file);
            Files.write(broken, defect.apply(Files.readAllBytes(broken)));
        }
        return folder;
    }

    /** The others' programs need not be unpacked again. */
    private static void shareUnpacked(Path folder, Path modules) throws IOException {
        var own = Files.createDirectories(
                folder.resolve("im-cluster").resolve("target").resolve("programs"));
        var unpacked = modules.resolve("im-cluster").resolve("target").resolve("programs");
        if (Files.exists(unpacked)) {
            try (var programs = Files.list(unpacked)) {
                for (var program : programs.toList()) {
                    if (!program.getFileName().toString().startsWith(MODULE)) {
                        link(own.resolve(program.getFileName()), program);
                    }
                }
            }
        }
    }

    private static void link(Path link, Path to) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, to.toAbsolutePath().normalize());
    }

    /** Whatever would be done when the broker has confirmed is done at once. */
    private static byte[] waitsForNothing(byte[] original) {
        var future = ClassDesc.of(CompletableFuture.class.getName());
        var done = MethodTypeDesc.of(future, ConstantDescs.CD_Object);
        CodeTransform atOnce = (code, element) -> {
            if (element instanceof ReturnInstruction) {
                code.pop().aconst_null().invokestatic(future, "completedFuture", done);
            }
            code.with(element);
        };
        var classes = ClassFile.of();
        return classes.transformClass(
                classes.parse(original),
                ClassTransform.transformingMethodBodies(
                        method -> method.methodName().equalsString("store"), atOnce));
    }

    /** Whatever somebody's memberships are, he reads from the beginning to the end. */
    private static byte[] readsEverything(byte[] original) {
        var extent = ClassDesc.of("im.magpie.service.membership.Extent");
        CodeTransform all = (code, element) -> {
            if (element instanceof ReturnInstruction) {
                code.pop().getstatic(extent, "ALL", extent);
            }
            code.with(element);
        };
        var classes = ClassFile.of();
        return classes.transformClass(
                classes.parse(original),
                ClassTransform.transformingMethodBodies(
                        method -> method.methodName().equalsString("extent"), all));
    }

    private static byte[] comparesNoEpochs(byte[] script) {
        var text = new String(script, StandardCharsets.UTF_8);
        var begin = text.indexOf("if opened[1] ~= ARGV[1]");
        var end = text.indexOf("end\n", begin);
        if (begin < 0 || end < 0) {
            throw new IllegalStateException("the prelude compares epochs in another way");
        }
        return (text.substring(0, begin) + "if not opened[4] then\n  opened[4] = '1'\n" + text.substring(end))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] replaced(byte[] script, String sound, String broken) {
        var text = new String(script, StandardCharsets.UTF_8);
        if (!text.contains(sound)) {
            throw new IllegalStateException("there is no \"" + sound + "\"");
        }
        return text.replace(sound, broken).getBytes(StandardCharsets.UTF_8);
    }
}
