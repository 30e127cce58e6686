using System.Text;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>Fetches a channel's file of a day, reads it and keeps file and lines: once.</summary>
internal sealed class FetchBill(Db db, PaymentChannels channels, Files files, OtherOperators others, TimeProvider time)
{
    private const int LongestWords = 100;

    /// <summary>Null where the bill is kept, since now or before; else why there is none.</summary>
    public async Task<Refusal?> RunAsync(string channel, DateOnly day, BillKind kind, CancellationToken cancel = default)
    {
        if (await db.Bills.AnyAsync(b => b.Channel == channel && b.Day == day && b.Kind == kind, cancel)) return null;
        if (channels.Find(channel) is not { } asked) return new("payments.no_such_channel", channel);
        if (!(await asked.DownloadBillAsync(day, kind, cancel)).TryGet(out var file, out var refusals)) return refusals[0];
        if (!ReadBill.Of(channel, kind, file.Content).TryGet(out var lines, out refusals)) return refusals[0];
        var foreign = await others.OwnAsync(db.CurrentTenant, [.. lines.Select(l => l.OurNo).Distinct()], cancel);
        await db.InTransaction(() => KeepAsync(channel, day, kind, file, [.. lines.Where(l => !foreign.Contains(l.OurNo))], lines.Length, cancel), cancel);
        return null;
    }

    // WeChat Pay names who paid; the file's hash has been compared before.
    private static byte[] Masked(string channel, byte[] file) =>
        channel == "wechat" ? Encoding.UTF8.GetBytes(WeChatBill.Masked(Encoding.UTF8.GetString(file))) : file;

    private async Task KeepAsync(
        string channel, DateOnly day, BillKind kind, ChannelBill file, List<BillLine> lines, int all, CancellationToken cancel)
    {
        var mediaType = file.FileName.EndsWith(".zip", StringComparison.Ordinal) ? "application/zip" : "text/csv; charset=utf-8";
        var (id, _) = await files.KeepAsync(file.FileName, mediaType, Masked(channel, file.Content), cancel);
        db.Add(new BillRow
        {
            Channel = channel,
            Day = day,
            Kind = kind,
            FileId = id,
            Lines = lines.Count,
            Others = all - lines.Count,
            FetchedAt = time.Now,
        });
        await db.SaveChangesAsync(cancel);
        db.AddRange(lines.Select(line => new BillLineRow
        {
            Channel = channel,
            Day = day,
            Kind = kind,
            Line = line.Line,
            Type = line.Type,
            OurNo = line.OurNo,
            ChannelNo = line.ChannelNo,
            At = line.At,
            Amount = line.Amount,
            Fee = line.Fee,
            Words = line.Words.Length > LongestWords ? line.Words[..LongestWords] : line.Words,
            Balance = line.Balance?.Minor,
        }));
    }
}
