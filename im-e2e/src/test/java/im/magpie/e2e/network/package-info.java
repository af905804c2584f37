@NullMarked
package im.magpie.e2e.network;

import org.jspecify.annotations.NullMarked;
