using System.Globalization;
using System.Text;
using HaoSuan.Sandbox.Upstreams;
using MiniExcelLibs;

namespace HaoSuan.Web.Demo;

/// <summary>A line of an upstream's settlement sheet.</summary>
internal sealed record BillLine(string OrderNo, string Phone, string Iccid, string Product, string Activated, string Status, string Stage, Money Amount);

/// <summary>
/// The settlement sheet of an upstream, by what it knows and by its own price list: it was never told what we expect. And it
/// makes the mistakes that upstreams make: pays short, forgets, pays twice, pays what is not ours, pays nothing where a number is stopped.
/// </summary>
internal sealed class Billing(Zone zone, Dice dice)
{
    private const string Heads = "渠道订单号,业务号码,ICCID,套餐名称,激活时间,用户状态,结算阶段,结算金额,结算月份";

    private static readonly Dictionary<string, Offer> Prices = Offers.All.ToDictionary(o => o.Product.Code, StringComparer.Ordinal);

    public IReadOnlyList<BillLine> Of(IEnumerable<CardRecord> cards, Month month) =>
        [.. cards.OrderBy(c => c.OrderNo, StringComparer.Ordinal).SelectMany(c => Lines(c, month)).ToList().Index().SelectMany(l => Mistaken(l.Index, l.Item))];

    /// <summary>As the first upstream sends it: GB18030, a banner above and a total below.</summary>
    public static byte[] Csv(IReadOnlyList<BillLine> lines, string upstream, Month month)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{upstream}{month.Year}年{month.OfYear}月佣金结算明细").AppendLine(Heads);
        foreach (var l in lines)
            text.AppendJoin(',', l.OrderNo, l.Phone, l.Iccid, l.Product, l.Activated, l.Status, l.Stage, l.Amount, $"{month.First:yyyyMM}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"合计,,,,,,,{new Money(lines.Sum(l => l.Amount.Minor))},");
        return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text.ToString());        // the provider has it
    }

    /// <summary>As the second one sends it: a workbook.</summary>
    public static byte[] Xlsx(IReadOnlyList<BillLine> lines, Month month)
    {
        var heads = Heads.Split(',');
        using var file = new MemoryStream();
        file.SaveAs(lines.Select(l => new Dictionary<string, object>
        {
            [heads[0]] = l.OrderNo,
            [heads[1]] = l.Phone,
            [heads[2]] = l.Iccid,
            [heads[3]] = l.Product,
            [heads[4]] = l.Activated,
            [heads[5]] = l.Status,
            [heads[6]] = l.Stage,
            [heads[7]] = l.Amount.ToString(),
            [heads[8]] = $"{month.First:yyyyMM}",
        }));
        return file.ToArray();
    }

    private IEnumerable<BillLine> Lines(CardRecord card, Month month)
    {
        var offer = Prices[card.Product];
        foreach (var (at, amount) in Earned(card, offer.Prices))
        {
            if (Month.Of(zone.DateOf(at)) != month) continue;
            var status = card.Status == CardStatus.Cancelled ? "销户" : card.Stops is [.., { Until: null }] ? "停机" : "在网";
            var activated = card.ActivatedAt is { } on ? zone.ToLocal(on).ToString("yyyy/M/d H:mm", CultureInfo.InvariantCulture) : "";
            yield return new(
                card.OrderNo, card.Phone, card.Iccid, offer.Product.Name, activated, status, offer.Prices.Stage, status == "在网" ? amount : Money.Zero);
        }
    }

    private IEnumerable<(Instant At, Money Amount)> Earned(CardRecord card, PriceList prices)
    {
        if (card.ActivatedAt is not { } activated) return [];
        if (prices.Share > 0) return card.TopUps.Select(t => (t.At, new Bps(prices.Share).Of(t.Amount)));
        if (prices.QuietDays > 0) return [(zone.StartOf(zone.DateOf(activated).AddDays(prices.QuietDays + 1)), new(prices.Pays))];
        if (prices.TopUp == 0) return [(activated, new(prices.Pays))];
        var sum = Money.Zero;
        foreach (var (amount, at) in card.TopUps)
        {
            sum += amount;
            if ((prices.IsSingle ? amount : sum).Minor >= prices.TopUp) return [(at, new(prices.Pays))];
        }
        return [];
    }

    private IEnumerable<BillLine> Mistaken(int index, BillLine line)
    {
        if (index % 23 == 11) return [];
        if (index % 31 == 7 && !line.Amount.IsZero) return [line with { Amount = line.Amount - new Money(20_00) }];
        if (index % 47 == 19) return [line, line];
        if (index % 61 == 29) return [line, line with { OrderNo = "HS" + dice.Digits(14), Phone = "176" + dice.Digits(8), Iccid = "898601" + dice.Digits(14) }];
        return index % 53 == 37 ? [line with { Status = "停机", Amount = Money.Zero }] : [line];
    }
}
