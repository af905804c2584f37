package im.magpie.bench.report;

/** Words for what is counted. */
final class Units {

    static String many(String unit) {
        return unit.endsWith("y") ? unit.substring(0, unit.length() - 1) + "ies" : unit + "s";
    }

    private Units() {}
}
