using HaoSuan.Catalog;

namespace HaoSuan.Distributors;

/// <summary>
/// The library of texts with which distributors promote (素材库): somebody writes and submits one, somebody else approves it, and from then on
/// distributors copy it, until it is retired (下架). An approved text is never changed.
/// </summary>
public sealed class Materials(Db db, Products products, Actor actor, Audit audit, Outbox outbox, TimeProvider time)
{
    /// <summary>Writes a draft, or changes one that is a draft or was rejected.</summary>
    /// <param name="asked">What it says.</param>
    /// <param name="change">Which one; null: a new one.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Guid>> DraftAsync(NewMaterial asked, Guid? change = null, CancellationToken cancel = default) =>
        db.InTransaction<Result<Guid>>(async () =>
        {
            var faults = MaterialRules.Faults(asked).ToList();
            if (asked.Product is { } product && await products.FindAsync(product, cancel) is null)
                faults.Add(new Refusal("distributors.material_product_unknown").On("product"));
            if (faults.Count > 0) return faults;
            return change is { } id ? await ChangeAsync(id, asked, cancel) : Add(asked);
        }, cancel);

    public Task<Result<Done>> SubmitAsync(Guid id, CancellationToken cancel = default) =>
        TakeAsync(id, new(ProposalAction.Submitted, actor.Name, time.Now), cancel);

    /// <summary>Makes it a draft again, before it is decided.</summary>
    public Task<Result<Done>> WithdrawAsync(Guid id, CancellationToken cancel = default) =>
        TakeAsync(id, new(ProposalAction.Withdrawn, actor.Name, time.Now), cancel);

    /// <param name="id">Which one.</param>
    /// <param name="seen">How many steps it had when the approver read it; null where nobody looks.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> ApproveAsync(Guid id, int? seen = null, CancellationToken cancel = default) =>
        TakeAsync(id, new(ProposalAction.Approved, actor.Name, time.Now) { Seen = seen }, cancel);

    public Task<Result<Done>> RejectAsync(Guid id, string reason, CancellationToken cancel = default) =>
        TakeAsync(id, new(ProposalAction.Rejected, actor.Name, time.Now) { Reason = reason }, cancel);

    /// <summary>Takes an approved one away from all distributors at once, for good.</summary>
    public Task<Result<Done>> RetireAsync(Guid id, string reason, CancellationToken cancel = default) => db.InTransaction<Result<Done>>(async () =>
    {
        if (Reasons.Fault(reason) is { } fault) return fault;
        if (await LockAsync(id, cancel) is not var (row, _)) return new Refusal("distributors.material_unknown");
        if (row.State != ProposalState.Approved) return new Refusal("distributors.material_not_approved");
        if (row.RetiredAt is not null) return default(Done);
        (row.RetiredAt, row.RetiredBy, row.RetireReason) = (time.Now, actor.Name, reason.Trim());
        audit.Record("material.retired", $"material:{id}", row.Title);
        return default(Done);
    }, cancel);

    /// <summary>All of them, the newest first.</summary>
    public Task<IReadOnlyList<Material>> AllAsync(CancellationToken cancel = default) => ReadAsync(db.Materials, cancel);

    /// <summary>What distributors may use now, the newest first.</summary>
    public Task<IReadOnlyList<Material>> UsableAsync(CancellationToken cancel = default) =>
        ReadAsync(db.Materials.Where(m => m.State == ProposalState.Approved && m.RetiredAt == null), cancel);

    public async Task<Material?> FindAsync(Guid id, CancellationToken cancel = default) =>
        await ReadAsync(db.Materials.Where(m => m.Id == id), cancel) is [var found] ? found : null;

    private Result<Guid> Add(NewMaterial asked)
    {
        var row = new MaterialRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            ProductId = asked.Product,
            Title = asked.Title.Trim(),
            Text = MaterialRules.Plain(asked.Text),
            Points = string.Join('\n', MaterialRules.PointsOf(asked.Points)),
            State = ProposalState.Draft,
        };
        db.Add(row);
        AddStep(row, 1, new(ProposalAction.Drafted, actor.Name, time.Now));
        return row.Id;
    }

    private async Task<Result<Guid>> ChangeAsync(Guid id, NewMaterial asked, CancellationToken cancel)
    {
        if (await LockAsync(id, cancel) is not var (row, read)) return new Refusal("distributors.material_unknown");
        var move = new Move(ProposalAction.Changed, actor.Name, time.Now);
        if (!move.IsDue(read).TryGet(out _, out var refusals)) return refusals.ToList();
        (row.ProductId, row.Title, row.Text) = (asked.Product, asked.Title.Trim(), MaterialRules.Plain(asked.Text));
        row.Points = string.Join('\n', MaterialRules.PointsOf(asked.Points));
        AddStep(row, read.Steps.Count + 1, move);
        return id;
    }

    private Task<Result<Done>> TakeAsync(Guid id, Move move, CancellationToken cancel) => db.InTransaction<Result<Done>>(async () =>
    {
        if (await LockAsync(id, cancel) is not var (row, read)) return new Refusal("distributors.material_unknown");
        if (!move.IsDue(read).TryGet(out var isDue, out var refusals)) return refusals.ToList();
        if (!isDue) return default(Done);
        AddStep(row, read.Steps.Count + 1, move);
        var submittedBy = read.Steps.LastOrDefault(s => s.Action == ProposalAction.Submitted)?.Actor ?? move.Actor;
        outbox.Publish(new MaterialMoved(id, row.Title, move.Action, move.Actor, submittedBy));
        return default(Done);
    }, cancel);

    private void AddStep(MaterialRow row, int number, Move move)
    {
        row.State = move.After;
        db.Add(new MaterialStepRow
        {
            MaterialId = row.Id,
            Number = number,
            Action = move.Action,
            At = move.At,
            Actor = move.Actor,
            Reason = move.Reason.Trim(),
        });
        audit.Record($"material.{move.Action}".ToLowerInvariant(), $"material:{row.Id}", row.Title);
    }

    private async Task<(MaterialRow Row, Material Read)?> LockAsync(Guid id, CancellationToken cancel) =>
        await db.Materials.Where(m => m.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is { } row && await FindAsync(id, cancel) is { } read
            ? (row, read)
            : null;

    private async Task<IReadOnlyList<Material>> ReadAsync(IQueryable<MaterialRow> which, CancellationToken cancel)
    {
        var rows = await which.AsNoTracking().ToListAsync(cancel);
        var steps = (await db.MaterialSteps.AsNoTracking().Where(s => which.Any(m => m.Id == s.MaterialId)).OrderBy(s => s.Number).ToListAsync(cancel))
            .ToLookup(s => s.MaterialId, s => new ProposalStep(s.Action, s.At, s.Actor, s.Reason));
        return [.. rows.Select(r => r.ToMaterial([.. steps[r.Id]])).OrderByDescending(m => m.Steps[0].At).ThenByDescending(m => m.Id)];
    }
}
