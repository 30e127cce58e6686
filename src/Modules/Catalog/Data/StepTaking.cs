namespace HaoSuan.Catalog;

internal static class StepTaking
{
    extension(Db db)
    {
        /// <summary>
        /// A version of a scheme, or null where there is none. Its product is locked: what is done with the versions of one product is
        /// done one after the other, so that no two come into force at one instant.
        /// </summary>
        internal async Task<SchemeDraftRow?> LockVersionAsync(ProductId product, int version, CancellationToken cancel)
        {
            await db.Products.Where(p => p.Id == product).ForUpdate().FirstOrDefaultAsync(cancel);
            return await db.SchemeDrafts.FirstOrDefaultAsync(d => d.ProductId == product && d.Version == version, cancel);
        }

        /// <summary>
        /// A version of a bonus (null: its newest), or null where there is none. All products are locked: their schemes keep the stage by
        /// which it counts, and no two write one key.
        /// </summary>
        internal async Task<BonusVersionRow?> LockBonusAsync(string key, int? version, CancellationToken cancel)
        {
            await db.Products.OrderBy(p => p.Id).ForUpdate().ToListAsync(cancel);
            return await db.BonusVersions.Where(b => b.Key == key && (version == null || b.Version == version))
                .OrderByDescending(b => b.Version).FirstOrDefaultAsync(cancel);
        }

        /// <summary>Takes a step with a version of a scheme; nothing where it has been taken.</summary>
        /// <param name="schemes">Reads it.</param>
        /// <param name="key">Which one.</param>
        /// <param name="move">The step.</param>
        /// <param name="audit">Where it is recorded.</param>
        /// <param name="outbox">Where it is published.</param>
        /// <param name="act">What has to hold besides, and what goes with it; null: nothing.</param>
        /// <param name="cancel">Stops it.</param>
        internal Task<Result<Done>> TakeAsync(
            Schemes schemes, (ProductId Product, int Version) key, Move move, Audit audit, Outbox outbox,
            Func<SchemeDraftRow, SchemeVersion, Task<IReadOnlyList<Refusal>>>? act, CancellationToken cancel) =>
            db.InTransaction<Result<Done>>(async () =>
            {
                if (await db.LockVersionAsync(key.Product, key.Version, cancel) is not { } row) return new Refusal("catalog.version_unknown", key.Version);
                var read = (await schemes.FindVersionAsync(key.Product, key.Version, cancel))!;      // it is locked
                var code = await db.Products.Where(p => p.Id == key.Product).Select(p => p.Code).SingleAsync(cancel);
                return await db.TakeAsync(row, code, read, move, audit, outbox, act is null ? null : () => act(row, read));
            }, cancel);

        /// <summary>The same with a version of a bonus.</summary>
        internal Task<Result<Done>> TakeAsync(
            Schemes schemes, (string Key, int Version) key, Move move, Audit audit, Outbox outbox,
            Func<BonusVersionRow, BonusVersion, Task<IReadOnlyList<Refusal>>>? act, CancellationToken cancel) =>
            db.InTransaction<Result<Done>>(async () =>
            {
                if (await db.LockBonusAsync(key.Key, key.Version, cancel) is not { } row) return new Refusal("catalog.bonus_unknown", key.Key);
                var read = (await schemes.FindBonusAsync(key.Key, key.Version, cancel))!;      // it is locked
                return await db.TakeAsync(row, key.Key, read, move, audit, outbox, act is null ? null : () => act(row, read));
            }, cancel);

        /// <summary>Notes the step, and what the proposal is by it.</summary>
        internal void AddStep(ProposalRow row, int number, Move move, Audit audit)
        {
            row.State = move.After;
            db.Add(row.StepOf(number, move with { Reason = move.Reason.Trim() }));
            var (kind, subject) = row.Of;
            audit.Record($"{kind}.{Word(move.Action)}", subject, $"v{row.Version}");
        }

        private async Task<Result<Done>> TakeAsync(
            ProposalRow row, string subject, Proposal read, Move move, Audit audit, Outbox outbox, Func<Task<IReadOnlyList<Refusal>>>? act)
        {
            if (!move.IsDue(read).TryGet(out var isDue, out var refusals)) return refusals.ToList();
            if (!isDue) return default(Done);
            if (act is not null && await act() is { Count: > 0 } faults) return faults.ToList();
            db.AddStep(row, read.Steps.Count + 1, move, audit);
            var submittedBy = read.Steps.LastOrDefault(s => s.Action == ProposalAction.Submitted)?.Actor ?? move.Actor;
            outbox.Publish(new ProposalMoved(read is BonusVersion, subject, row.Version, move.Action, move.Actor, submittedBy));
            return default(Done);
        }
    }

    private static string Word(ProposalAction action) => action switch
    {
        ProposalAction.Drafted => "drafted",
        ProposalAction.Changed => "changed",
        ProposalAction.Submitted => "submitted",
        ProposalAction.Withdrawn => "withdrawn",
        ProposalAction.Approved => "approved",
        ProposalAction.Rejected => "rejected",
    };
}
