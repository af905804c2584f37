/** A Nacos server of one process, put together from Nacos' own modules: its console module, which has the usual main class, is no Maven artifact. */
@NullMarked
package im.magpie.nacos;

import org.jspecify.annotations.NullMarked;
