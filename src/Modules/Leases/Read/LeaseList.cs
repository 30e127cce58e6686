namespace HaoSuan.Leases;

/// <summary>Leases as people look at them: personal data is masked, newest first.</summary>
public sealed class LeaseList(Db db, Vault vault, TenantScope tenant, TimeProvider time)
{
    /// <summary>All leases of the operator.</summary>
    public Task<IReadOnlyList<LeaseSummary>> AllAsync(LeaseFilter filter, int skip, int take, CancellationToken cancel = default) =>
        PageAsync(Filtered(filter), skip, take, cancel);

    public Task<int> CountAsync(LeaseFilter filter, CancellationToken cancel = default) => Filtered(filter).CountAsync(cancel);

    /// <summary>Those that one of these distributors has brought.</summary>
    public Task<IReadOnlyList<LeaseSummary>> BroughtByAsync(
        IReadOnlyCollection<DistributorId> sellers, int skip, int take, CancellationToken cancel = default) =>
        PageAsync(db.Leases.Where(l => sellers.Contains(l.Seller)), skip, take, cancel);

    public Task<int> CountBroughtByAsync(IReadOnlyCollection<DistributorId> sellers, CancellationToken cancel = default) =>
        db.Leases.CountAsync(l => sellers.Contains(l.Seller), cancel);

    /// <summary>The lease of that token: what its consumer may see.</summary>
    public async Task<LeaseDetail?> FindByTokenAsync(string token, CancellationToken cancel = default) =>
        await db.Leases.Where(l => l.Token == token).Select(l => (LeaseId?)l.Id).FirstOrDefaultAsync(cancel) is { } id ? await FindAsync(id, cancel) : null;

    public async Task<LeaseId?> OfBillAsync(LeaseBillId bill, CancellationToken cancel = default) =>
        await db.LeaseBills.Where(b => b.Id == bill).Select(b => (LeaseId?)b.LeaseId).FirstOrDefaultAsync(cancel);

    public async Task<LeaseDetail?> FindAsync(LeaseId id, CancellationToken cancel = default)
    {
        if (await db.Leases.AsNoTracking().FirstOrDefaultAsync(l => l.Id == id, cancel) is not { } row) return null;
        var lease = (await SummariesAsync([row], cancel))[0];
        var masked = await vault.MaskedAsync([row.IdNumberId, row.AddressId], cancel);
        var bills = await db.LeaseBills.AsNoTracking().Where(b => b.LeaseId == id).OrderBy(b => b.Number).ToListAsync(cancel);
        var steps = await db.LeaseSteps.Where(s => s.LeaseId == id).OrderBy(s => s.Number)
            .Select(s => new LeaseStep(s.Event, s.FromState, s.ToState, s.Note, s.Actor, s.At)).ToListAsync(cancel);
        return new(
            lease, row.Token, row.ReadTerms(), row.Contract, row.Deposit, row.Parcel, masked[row.IdNumberId], masked[row.AddressId], row.EndsOn,
            bills.ConvertAll(b => b.ToBill()), steps, Quote(row));
    }

    private EndingQuote? Quote(LeaseRow lease)
    {
        if (lease.ContractDay is not { } day || !LeaseLife.IsWithConsumer(lease.State)) return null;
        var terms = lease.ReadTerms();
        var month = BillingCalendar.BegunBy(day, lease.EndsOn ?? tenant.Zone.DateOf(time.Now));
        var price = terms.BuyOutIn(month);
        return new(month, Closing.EarlyEnd(terms, month), price, Money.Max(Money.Zero, price - lease.Deposit));
    }

    private IQueryable<LeaseRow> Filtered(LeaseFilter filter)
    {
        var leases = db.Leases.AsQueryable();
        if (filter.State is { } state) leases = leases.Where(l => l.State == state);
        return filter.Text?.Trim().ToUpperInvariant() is { Length: > 0 } text ? leases.Where(l => l.LeaseNo == text || l.Serial == text) : leases;
    }

    private async Task<IReadOnlyList<LeaseSummary>> PageAsync(IQueryable<LeaseRow> leases, int skip, int take, CancellationToken cancel) =>
        await SummariesAsync(
            await leases.AsNoTracking().OrderByDescending(l => l.PlacedAt).ThenByDescending(l => l.Id).Skip(skip).Take(take).ToListAsync(cancel), cancel);

    private async Task<IReadOnlyList<LeaseSummary>> SummariesAsync(List<LeaseRow> leases, CancellationToken cancel)
    {
        var ids = leases.ConvertAll(l => l.Id);
        var masked = await vault.MaskedAsync([.. leases.SelectMany(l => new[] { l.NameId, l.PhoneId })], cancel);
        var models = await db.DeviceModels.ToDictionaryAsync(m => m.Id, m => m.Name, cancel);
        // The price of a device that may be bought is not owed.
        var open = await db.LeaseBills.Where(b => ids.Contains(b.LeaseId) && b.State == LeaseBillState.Open && b.Kind != LeaseBillKind.BuyOut)
            .GroupBy(b => b.LeaseId).Select(g => new { g.Key, Sum = g.Sum(b => b.Amount.Minor - b.Paid.Minor - b.Corrected.Minor) })
            .ToDictionaryAsync(g => g.Key, g => new Money(g.Sum), cancel);
        return leases.ConvertAll(l =>
        {
            var terms = l.ReadTerms();
            return new LeaseSummary(
                l.Id, l.LeaseNo, l.ModelId, models[l.ModelId], l.Serial, l.Seller, l.State, terms.MonthlyFee, terms.Deposit, open.GetValueOrDefault(l.Id),
                l.PlacedAt, l.ContractDay, masked[l.NameId], masked[l.PhoneId]);
        });
    }
}
