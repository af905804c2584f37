@NullMarked
package im.magpie.bench.site;

import org.jspecify.annotations.NullMarked;
