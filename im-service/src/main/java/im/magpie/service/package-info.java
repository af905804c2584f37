/** The business of the system: what users may do, the way of messages, and what devices are told. */
@NullMarked
package im.magpie.service;

import org.jspecify.annotations.NullMarked;
