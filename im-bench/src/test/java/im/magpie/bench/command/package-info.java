@NullMarked
package im.magpie.bench.command;

import org.jspecify.annotations.NullMarked;
