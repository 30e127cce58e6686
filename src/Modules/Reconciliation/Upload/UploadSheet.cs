using HaoSuan.Catalog;
using HaoSuan.Platform.Sheets;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Reconciliation;

/// <summary>
/// Takes a sheet in (上传结算表): reads it and keeps it as it came. It stays a draft, so that somebody looks at how it was
/// read before <see cref="OpenSheet"/>. The same file a second time changes nothing.
/// </summary>
public sealed class UploadSheet(Db db, Files files, Products products, Actor actor, Audit audit, TimeProvider time)
{
    private const int MostBytes = 50 << 20;
    private const int LongestName = 200;

    public Task<Result<Uploaded>> RunAsync(NewSheet sheet, CancellationToken cancel = default) =>
        db.InTransaction<Result<Uploaded>>(async () =>
        {
            if (sheet.Content.Length == 0) return new Refusal("reconciliation.file_missing").On("file");
            if (sheet.Content.Length > MostBytes) return new Refusal("reconciliation.file_too_large", MostBytes >> 20).On("file");
            if (await products.UpstreamAsync(sheet.UpstreamId, cancel) is null) return new Refusal("reconciliation.upstream_unknown").On("upstream");
            var template = await TemplateOf(sheet, cancel);
            if (!template.TryGet(out var use, out var refusals)) return refusals.Select(r => r.On("template")).ToList();
            if (!Read(sheet.Content, use).TryGet(out var read, out refusals)) return refusals.Select(r => r.On("file")).ToList();
            var known = await db.Sheets.Where(s => s.Hash == read.Rows.Hash).Select(s => (SheetId?)s.Id).FirstOrDefaultAsync(cancel);
            if (known is { } id) return new Uploaded(id, Known: true);
            return new Uploaded(await KeepAsync(sheet, read.Rows, read.Version, cancel), Known: false);
        }, cancel);

    /// <summary>A template and its version among the saved ones; version 0 is none.</summary>
    private sealed record Use(SheetTemplate? Template, int Version, bool IsGiven);

    private async Task<Result<Use>> TemplateOf(NewSheet sheet, CancellationToken cancel)
    {
        var last = await db.Templates.Where(t => t.UpstreamId == sheet.UpstreamId).OrderByDescending(t => t.Version).FirstOrDefaultAsync(cancel);
        if (sheet.Template is not { Length: > 0 } given)
            return last is null ? await LearnedAsync(sheet.UpstreamId, cancel) : new Use(TemplateFile.Read(Bytes(last.Template)).Value, last.Version, false);
        if (!TemplateFile.Read(given).TryGet(out var template, out var refusals)) return refusals.ToList();
        var version = (last?.Version ?? 0) + 1;
        db.Add(new TemplateRow
        {
            UpstreamId = sheet.UpstreamId,
            Version = version,
            Template = TemplateFile.Write(template with { Version = version }),
            SavedAt = time.Now,
            SavedBy = actor.Name,
        });
        return new Use(template with { Version = version }, version, true);
    }

    /// <summary>How the upstream's last sheet was read, which somebody has looked at: its columns, wherever they stand now.</summary>
    private async Task<Use> LearnedAsync(UpstreamId upstream, CancellationToken cancel)
    {
        var last = await db.Sheets.Where(s => s.UpstreamId == upstream && s.State != SheetState.Draft).OrderByDescending(s => s.OpenedAt)
            .Select(s => s.Template).FirstOrDefaultAsync(cancel);
        if (last is null) return new(null, 0, false);
        var learned = TemplateFile.Read(Bytes(last)).Value;
        return new(learned with { Sheet = null, HeaderRow = learned.HeaderRow == 0 ? 0 : null }, 0, false);
    }

    /// <summary>A saved template that no longer fits gives way to what the header says; one that was just given must fit.</summary>
    private static Result<(SheetRows Rows, int Version)> Read(byte[] content, Use use)
    {
        var read = Sheet.Read(content, use.Template);
        if (!read.IsRefused) return (read.Value, use.Version);
        if (use.Template is null || use.IsGiven) return read.Refusals.ToList();
        var proposed = Sheet.Read(content);
        return proposed.IsRefused ? read.Refusals.ToList() : (proposed.Value, 0);
    }

    private async Task<SheetId> KeepAsync(NewSheet sheet, SheetRows read, int version, CancellationToken cancel)
    {
        var name = Path.GetFileName(sheet.FileName);
        if (name.Length > LongestName) name = name[^LongestName..];
        var (file, _) = await files.KeepAsync(name, "application/octet-stream", sheet.Content, cancel);
        SheetRow row = new()
        {
            Id = NewId.Of<SheetId>(time),
            UpstreamId = sheet.UpstreamId,
            Period = sheet.Period,
            FileId = file,
            FileName = name,
            Hash = read.Hash,
            Template = TemplateFile.Write(read.Layout.Template with { Sheet = read.SheetName }),
            TemplateVersion = version,
            State = SheetState.Draft,
            RowCount = read.Entries.Count,
            SheetTotal = read.Entries.Aggregate(Money.Zero, (sum, entry) => sum + entry.Amount),
            UploadedAt = time.Now,
            UploadedBy = actor.Name,
        };
        db.Add(row);
        audit.Record("sheet.uploaded", $"sheet:{row.Id.Value}", $"{row.Period} {row.RowCount} rows {row.SheetTotal} {row.Hash}");
        return row.Id;
    }

    private static byte[] Bytes(string json) => System.Text.Encoding.UTF8.GetBytes(json);
}
