@NullMarked
package im.magpie.bench.client;

import org.jspecify.annotations.NullMarked;
