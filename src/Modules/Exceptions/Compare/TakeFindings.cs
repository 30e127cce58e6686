namespace HaoSuan.Exceptions;

/// <summary>
/// Keeps the cases as a comparison sees them: a new finding opens one, one that is gone is closed (自动消除), one that comes back is reopened.
/// What a person has resolved stays resolved while it is found unchanged.
/// </summary>
internal sealed class TakeFindings(Db db, CaseSteps steps, Outbox outbox, TimeProvider time)
{
    /// <summary>How many are opened in one run. Where there are more, something has gone wrong at large, and the next run goes on.</summary>
    public const int MostOpened = 500;

    private const int Together = 100;

    /// <summary>When it was last through.</summary>
    public Task<Instant?> ThroughAsync(Comparer comparer, CancellationToken cancel) =>
        db.Comparisons.Where(c => c.Name == comparer.Name).Select(c => c.ThroughAt).FirstOrDefaultAsync(cancel);

    /// <summary>What it has found and not seen to be gone.</summary>
    public async Task<IReadOnlyList<(string Kind, string Key)>> FoundAsync(Comparer comparer, CancellationToken cancel) =>
        [.. (await Found(comparer).Select(c => new { c.Kind, c.Key }).ToListAsync(cancel)).Select(c => (c.Kind, c.Key))];

    public async Task RunAsync(Comparer comparer, IAsyncEnumerable<Finding> findings, Instant began, CancellationToken cancel)
    {
        var known = (await Found(comparer).AsNoTracking().ToListAsync(cancel)).ToDictionary(c => (c.Kind, c.Key));
        HashSet<(string, string)> seen = [];
        List<Finding> news = [];
        var (opened, endedEarly) = (0, false);
        await foreach (var finding in findings.WithCancellation(cancel))
        {
            if (!seen.Add((finding.Kind.Name, finding.Key))) continue;
            if (known.TryGetValue((finding.Kind.Name, finding.Key), out var row) && Tells(row, finding)) continue;
            news.Add(finding);
            if (news.Count < Together) continue;
            opened += await TakeAsync(news, cancel);
            news.Clear();
            if (endedEarly = opened >= MostOpened) break;
        }
        if (news.Count > 0) await TakeAsync(news, cancel);
        if (!endedEarly)
        {
            foreach (var gone in known.Where(k => !seen.Contains(k.Key)).Select(k => k.Value.Id).Chunk(Together)) await VanishAsync(gone, cancel);
        }
        await RanAsync(comparer, row => (row.ThroughAt, row.Failed, row.EndedEarly) = (endedEarly ? row.ThroughAt : began, false, endedEarly), cancel);
    }

    /// <summary>It has failed. Returns when it was last through.</summary>
    public Task<Instant?> FailedAsync(Comparer comparer, CancellationToken cancel) => RanAsync(comparer, row => row.Failed = true, cancel);

    private IQueryable<CaseRow> Found(Comparer comparer)
    {
        var kinds = comparer.Kinds.Select(k => k.Name).ToList();
        return db.Cases.Where(c => kinds.Contains(c.Kind) && c.IsFound);
    }

    private static bool Tells(CaseRow row, Finding finding) =>
        row.Amount == finding.Amount && row.Subject == finding.Subject && row.Href == finding.Href && row.Insertions == CaseRow.Write(finding.Values);

    /// <summary>Returns how many were opened or reopened.</summary>
    private Task<int> TakeAsync(List<Finding> findings, CancellationToken cancel) => db.InTransaction(async () =>
    {
        var (kinds, keys) = (findings.Select(f => f.Kind.Name).Distinct().ToList(), findings.ConvertAll(f => f.Key));
        var rows = (await db.Cases.Where(c => kinds.Contains(c.Kind) && keys.Contains(c.Key)).ForUpdate().ToListAsync(cancel))
            .ToDictionary(c => (c.Kind, c.Key));
        List<CaseRow> opened = [];
        foreach (var finding in findings)
        {
            if (!rows.TryGetValue((finding.Kind.Name, finding.Key), out var row)) opened.Add(Open(finding));
            else if (Refresh(row, finding)) opened.Add(row);
        }
        foreach (var ofKind in opened.GroupBy(c => (c.Kind, c.Department)))
        {
            var (kind, department) = ofKind.Key;
            var (first, count) = (ofKind.First(), ofKind.Count());
            outbox.Publish(new CasesOpened(kind, department, count, count == 1 ? first.Id : null, first.Subject, first.DueAt));
        }
        await db.SaveChangesAsync(cancel);
        return opened.Count;
    }, cancel);

    private CaseRow Open(Finding finding)
    {
        var row = new CaseRow
        {
            Id = NewId.Of<CaseId>(time),
            Kind = finding.Kind.Name,
            Key = finding.Key,
            Subject = finding.Subject,
            Href = finding.Href,
            Insertions = CaseRow.Write(finding.Values),
            Amount = finding.Amount,
            Since = finding.Since,
            Department = finding.Kind.Department,
            State = CaseState.Open,
            IsFound = true,
            OpenedAt = time.Now,
            DueAt = time.Now + finding.Kind.Within,
        };
        db.Add(row);
        steps.Add(row, CaseStep.Opened);
        return row;
    }

    /// <summary>Takes what is told now. True where that opens it again: it was gone, or is about other money than what was resolved.</summary>
    private bool Refresh(CaseRow row, Finding finding)
    {
        var returns = row.State == CaseState.Resolved && (!row.IsFound || row.Amount != finding.Amount);
        (row.IsFound, row.Amount, row.Subject, row.Href) = (true, finding.Amount, finding.Subject, finding.Href);
        row.Insertions = CaseRow.Write(finding.Values);
        if (!returns) return false;
        (row.State, row.Owner, row.Department, row.Since) = (CaseState.Open, null, finding.Kind.Department, finding.Since);
        (row.OpenedAt, row.DueAt, row.ClosedAt, row.OverdueToldAt) = (time.Now, time.Now + finding.Kind.Within, null, null);
        steps.Add(row, CaseStep.Reopened);
        return true;
    }

    private Task VanishAsync(CaseId[] ids, CancellationToken cancel) => db.InTransaction(async () =>
    {
        foreach (var row in await db.Cases.Where(c => ids.Contains(c.Id) && c.IsFound).ForUpdate().ToListAsync(cancel))
        {
            row.IsFound = false;
            if (row.State == CaseState.Open) (row.State, row.ClosedAt) = (CaseState.Resolved, time.Now);
            steps.Add(row, CaseStep.Vanished);
        }
    }, cancel);

    private Task<Instant?> RanAsync(Comparer comparer, Action<ComparisonRow> ended, CancellationToken cancel) => db.InTransaction(async () =>
    {
        var row = await db.Comparisons.Where(c => c.Name == comparer.Name).ForUpdate().FirstOrDefaultAsync(cancel);
        if (row is null) db.Add(row = new() { Name = comparer.Name, RanAt = time.Now });
        row.RanAt = time.Now;
        ended(row);
        return row.ThroughAt;
    }, cancel);
}
