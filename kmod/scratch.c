// SPDX-License-Identifier: GPL-2.0
/*
 * scratch.c - what one message needs while it is read, per CPU
 */
#include <linux/bottom_half.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/topology.h>

#include "scratch.h"

static DEFINE_PER_CPU(struct sf_scratch *, sf_scratch);

struct sf_scratch *sf_scratch_get(void)
{
	local_bh_disable();

	return this_cpu_read(sf_scratch);
}

void sf_scratch_put(void)
{
	local_bh_enable();
}

void sf_scratch_free(void)
{
	int cpu;

	for_each_possible_cpu(cpu)
		kvfree(per_cpu(sf_scratch, cpu));
}

int sf_scratch_alloc(void)
{
	struct sf_scratch *scratch;
	int cpu;

	for_each_possible_cpu(cpu) {
		scratch = kvmalloc_node(sizeof(*scratch), GFP_KERNEL,
					cpu_to_node(cpu));
		if (!scratch) {
			sf_scratch_free();
			return -ENOMEM;
		}
		per_cpu(sf_scratch, cpu) = scratch;
	}

	return 0;
}
