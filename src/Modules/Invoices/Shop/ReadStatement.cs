using HaoSuan.Payments;

namespace HaoSuan.Invoices;

/// <summary>A consumer's statement (我的账单): what he has paid and got back, what is held as deposits, and his invoices.</summary>
public sealed class ReadStatement(Sales sales, ReadVouchers vouchers, InvoiceList invoices)
{
    /// <summary>Of whoever has that phone: the sales for which money has moved, the newest first.</summary>
    internal async Task<IReadOnlyList<StatementSale>> OfAsync(byte[] phoneHash, CancellationToken cancel)
    {
        List<StatementSale> read = [];
        foreach (var sale in await sales.OfPhoneAsync(phoneHash, cancel))
        {
            if (await vouchers.OfAsync(sale.PaidAs, cancel) is not { Count: > 0 } moves) continue;
            var issued = await invoices.OfSaleAsync(sale.Key, cancel);
            read.Add(new(sale, moves, issued, InvoiceBook.Due(sale, issued)));
        }
        return read;
    }

    internal static Paper ToPaper(IReadOnlyList<StatementSale> read, string shop)
    {
        var moves = read.SelectMany(r => r.Moves.Select(m => (r.Sale, Move: m))).OrderBy(m => m.Move.At).ToList();
        var deposits = read.Where(r => !r.Sale.Deposit.IsZero).ToList();
        List<InvoiceView> issued = [.. read.SelectMany(r => r.Invoices).Where(i => i.State == InvoiceState.Issued).OrderBy(i => i.IssuedAt)];
        var paid = Taxing.Sum(moves.Where(m => m.Move.Kind == VoucherKind.Payment).Select(m => m.Move.Amount));
        var back = Taxing.Sum(moves.Where(m => m.Move.Kind == VoucherKind.Refund).Select(m => m.Move.Amount));
        var held = Taxing.Sum(deposits.Select(d => d.Sale.Deposit));
        return new("我的账单", shop, [("已支付", paid), ("已退款", back), ("押金（现存）", held), ("已开发票", Taxing.Sum(issued.Select(i => i.Gross)))],
        [
            PaperTable.Of("收付明细", moves, "还没有付过款。",
            [
                ("时间", m => m.Move.At, null), ("单号", m => m.Sale.No, null), ("内容", m => m.Sale.Name, null), ("方式", m => Ways(m.Move), null),
                ("金额", m => m.Move.Moved, paid - back),
            ]),
            PaperTable.Of("押金", deposits, "没有押金。", [("单号", d => d.Sale.No, null), ("内容", d => d.Sale.Name, null), ("现存", d => d.Sale.Deposit, held)]),
            PaperTable.Of("发票", issued, "还没有开过发票。",
            [
                ("发票号码", i => i.Number, null), ("单号", i => i.SaleNo, null), ("种类", i => InvoiceWords.Name(i), null), ("开票时间", i => i.IssuedAt, null),
                ("价税合计", i => i.Gross, Taxing.Sum(issued.Select(i => i.Gross))),
            ]),
        ]);
    }

    public static string Ways(Voucher move) => (move.Channel switch
    {
        "wechat" => "微信支付",
        "alipay" => "支付宝",
        var other => other,
    }) + (move.Kind == VoucherKind.Refund ? "退款" : "");
}
