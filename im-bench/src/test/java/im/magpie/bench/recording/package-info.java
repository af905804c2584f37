@NullMarked
package im.magpie.bench.recording;

import org.jspecify.annotations.NullMarked;
