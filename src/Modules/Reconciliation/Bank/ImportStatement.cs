using System.Security.Cryptography;
using HaoSuan.Catalog;
using HaoSuan.Platform.Sheets;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Reconciliation;

/// <summary>
/// Takes in a bank's account statement (导入银行流水). A movement that an earlier statement had is not taken twice. The file itself is not kept, and of
/// counterparties only names of upstreams, for the others may be persons.
/// </summary>
public sealed class ImportStatement(Db db, Products products, Actor actor, Audit audit, TimeProvider time)
{
    private const int MostBytes = 20 << 20;
    private const int LongestName = 200;
    private const int LongestSerial = 80;
    private const int LongestMasked = 8;

    public Task<Result<BankImported>> RunAsync(string fileName, byte[] content, CancellationToken cancel = default) =>
        db.InTransaction<Result<BankImported>>(async () =>
        {
            if (content.Length == 0) return new Refusal("reconciliation.file_missing").On("file");
            if (content.Length > MostBytes) return new Refusal("reconciliation.file_too_large", MostBytes >> 20).On("file");
            var hash = Convert.ToHexStringLower(SHA256.HashData(content));
            if (await db.BankFiles.Where(f => f.Hash == hash).Select(f => (BankFileId?)f.Id).FirstOrDefaultAsync(cancel) is { } known)
                return new BankImported(known, Known: true, 0, 0);
            if (!Read(content).TryGet(out var statement, out var refusals)) return refusals.Select(r => r.On("file")).ToList();
            return await KeepAsync(fileName, hash, statement, cancel);
        }, cancel);

    private static Result<BankStatement> Read(byte[] content)
    {
        if (!SheetLines.Read(content).TryGet(out var lines, out var refusals)) return refusals.ToList();
        return BankStatement.Read([.. lines.Select(l => (l.Number, l.Cells))]);
    }

    private async Task<BankImported> KeepAsync(string fileName, string hash, BankStatement statement, CancellationToken cancel)
    {
        var name = Path.GetFileName(fileName);
        var (from, until) = (statement.Movements.Min(m => m.Day), statement.Movements.Max(m => m.Day));
        var known = (await db.BankLines.Where(l => l.Day >= from && l.Day <= until).Select(l => new { l.Serial, l.Day, l.Amount.Minor }).ToListAsync(cancel))
            .Select(l => (l.Serial, l.Day, l.Minor)).ToHashSet();
        var upstreams = await products.UpstreamsAsync(cancel);
        var added = statement.Movements.Where(m => known.Add((Serial(m), m.Day, m.Amount.Minor))).ToList();
        var id = NewId.Of<BankFileId>(time);
        db.Add(new BankFileRow
        {
            Id = id,
            FileName = name.Length > LongestName ? name[^LongestName..] : name,
            Hash = hash,
            FromDay = from,
            UntilDay = until,
            LineCount = added.Count,
            UploadedAt = time.Now,
            UploadedBy = actor.Name,
        });
        db.AddRange(added.Select(m => Line(id, m, upstreams)));
        audit.Record("bank_file.imported", $"bank_file:{id.Value}", $"{added.Count} {hash}");
        await db.SaveOrRunAgainAsync(cancel);
        return new(id, Known: false, added.Count, statement.Movements.Count - added.Count);
    }

    private static BankLineRow Line(BankFileId file, BankMovement movement, IReadOnlyList<Upstream> upstreams)
    {
        var upstream = upstreams.FirstOrDefault(u => u.Name.Length > 0 && movement.Counterparty.Contains(u.Name, StringComparison.Ordinal));
        return new()
        {
            FileId = file,
            Number = movement.Row,
            Day = movement.Day,
            Amount = movement.Amount,
            Balance = movement.Balance?.Minor,
            Serial = Serial(movement),
            Counterparty = upstream?.Name ?? Masked(movement.Counterparty),
            UpstreamId = movement.Amount > Money.Zero ? upstream?.Id : null,
        };
    }

    private static string Masked(string name) => name.Length == 0 ? "" : Mask.Of(SecretKind.Name, name.Length > LongestMasked ? name[..LongestMasked] : name);

    private static string Serial(BankMovement movement) => movement.Serial.Length <= LongestSerial ? movement.Serial : movement.Serial[..LongestSerial];
}
