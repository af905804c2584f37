@NullMarked
package im.magpie.bench.report;

import org.jspecify.annotations.NullMarked;
