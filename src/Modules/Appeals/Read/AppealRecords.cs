namespace HaoSuan.Appeals;

/// <summary>Appeals as people read them. A distributor finds its own only.</summary>
public sealed class AppealRecords(Db db, Files files, AppealPolicy policy, TenantScope tenant, TimeProvider time)
{
    /// <summary>A distributor's, the newest first.</summary>
    public async Task<IReadOnlyList<AppealSummary>> OfAsync(DistributorId distributor, int skip, int take, CancellationToken cancel = default) =>
        Summaries(await db.Appeals.AsNoTracking().Where(a => a.DistributorId == distributor)
            .OrderByDescending(a => a.OpenedAt).ThenByDescending(a => a.Id).Skip(skip).Take(take).ToListAsync(cancel));

    public Task<int> CountOfAsync(DistributorId distributor, CancellationToken cancel = default) =>
        db.Appeals.CountAsync(a => a.DistributorId == distributor, cancel);

    /// <summary>What waits for the office, the most urgent first; then what waits for distributors; then what is over, the newest first.</summary>
    public async Task<IReadOnlyList<AppealSummary>> AllAsync(AppealFilter filter, int skip, int take, CancellationToken cancel = default) =>
        Summaries(await Filtered(filter).AsNoTracking()
            .OrderBy(a => a.State == AppealState.Open ? 0 : a.State == AppealState.NeedsInfo ? 1 : 2)
            .ThenBy(a => a.IsOpen ? (DateOnly?)a.Due : null).ThenByDescending(a => a.OpenedAt).ThenByDescending(a => a.Id)
            .Skip(skip).Take(take).ToListAsync(cancel));

    public Task<int> CountAsync(AppealFilter filter, CancellationToken cancel = default) => Filtered(filter).CountAsync(cancel);

    /// <summary>One appeal with its thread; for a distributor only its own.</summary>
    public async Task<AppealDetail?> FindAsync(AppealId id, DistributorId? of = null, CancellationToken cancel = default)
    {
        if (await Seen(of).AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } appeal) return null;
        var messages = await db.Messages.AsNoTracking().Where(m => m.AppealId == id).OrderBy(m => m.Number).ToListAsync(cancel);
        var evidence = (await db.Evidence.AsNoTracking().Where(e => e.AppealId == id).OrderBy(e => e.Number).ToListAsync(cancel))
            .ToLookup(e => e.MessageNumber, e => new AppealFile(e.Number, e.MediaType, e.Bytes));
        return new(Summary(appeal),
            [.. messages.Select(m => new AppealMessage(m.Number, m.Kind, m.ByOffice, m.Author, m.At, m.Text, [.. evidence[m.Number]]))]);
    }

    /// <summary>A file of the thread; its media type is what its bytes are.</summary>
    public async Task<(string Name, string MediaType, byte[] Content)?> FileAsync(
        AppealId id, int number, DistributorId? of = null, CancellationToken cancel = default)
    {
        if (await Seen(of).Where(a => a.Id == id).Select(a => a.Number).FirstOrDefaultAsync(cancel) is not { } appeal) return null;
        var row = await db.Evidence.AsNoTracking().FirstOrDefaultAsync(e => e.AppealId == id && e.Number == number, cancel);
        if (row is null || await files.FindAsync(row.FileId, cancel) is not { } file) return null;
        return ($"{appeal}-{number}.{Evidence.ExtensionOf(row.MediaType)}", row.MediaType, file.Content);
    }

    private IQueryable<AppealRow> Seen(DistributorId? of) => of is { } distributor ? db.Appeals.Where(a => a.DistributorId == distributor) : db.Appeals;

    private IQueryable<AppealRow> Filtered(AppealFilter filter)
    {
        IQueryable<AppealRow> appeals = db.Appeals;
        var today = tenant.Zone.DateOf(time.Now);
        if (filter.State is { } state) appeals = appeals.Where(a => a.State == state);
        if (filter.Overdue) appeals = appeals.Where(a => a.State == AppealState.Open && a.Due < today);
        if (filter.Owner is { } owner) appeals = owner.Length == 0 ? appeals.Where(a => a.Owner == null) : appeals.Where(a => a.Owner == owner);
        if (filter.Distributor is { } distributor) appeals = appeals.Where(a => a.DistributorId == distributor);
        var text = filter.Text?.Trim().ToUpperInvariant();
        return string.IsNullOrEmpty(text) ? appeals : appeals.Where(a => a.Number == text || a.OrderNo == text);
    }

    private List<AppealSummary> Summaries(List<AppealRow> rows) => rows.ConvertAll(Summary);

    private AppealSummary Summary(AppealRow row)
    {
        var course = row.ReadCourse();
        var until = course.ReopensUntil(policy);
        return new(
            row.Id, row.Number, row.OrderId, row.OrderNo, row.ProductId, row.Stage, row.DistributorId, row.State, row.Verdict, row.Due,
            course.IsOverdueOn(tenant.Zone.DateOf(time.Now)), row.Owner, row.OpenedAt, row.DecidedAt, until > time.Now ? until : null);
    }
}
