/** What the codec costs by itself: JMH benchmarks. */
@NullMarked
package im.magpie.bench.codec;

import org.jspecify.annotations.NullMarked;
