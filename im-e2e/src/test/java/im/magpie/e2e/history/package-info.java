@NullMarked
package im.magpie.e2e.history;

import org.jspecify.annotations.NullMarked;
