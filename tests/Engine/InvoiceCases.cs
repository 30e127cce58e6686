using System.Data.Common;
using HaoSuan.Invoices;
using HaoSuan.Notifications;
using HaoSuan.Tests.Support;

namespace HaoSuan.Tests.Engine;

public sealed class Invoices_on_sqlite(SqliteDatabases engine) : InvoiceCases(engine);

public sealed class Invoices_on_postgres(PostgresDatabases engine) : InvoiceCases(engine);

public abstract class InvoiceCases(Databases engine) : InvoiceTest(engine)
{
    [Fact]
    public async Task An_invoice_over_what_was_paid_arrives_by_mail_as_pdf_and_xml()
    {
        var sale = await Paid();
        var id = await Issued(sale, ToCompany);

        var invoice = await Find(id);
        Assert.Equal(
            [(InvoiceItem.CardFee, 55_66L, 3_34L), (InvoiceItem.NumberSupplement, 55_05L, 4_95L)],
            invoice.Lines.Select(l => (l.Item, l.Net.Minor, l.Tax.Minor)));
        Assert.Equal((new Money(119_00), "26000000000000000001"), (invoice.Gross, invoice.Number));
        var mail = Assert.Single(Sandbox.World.PostOffice.Received);
        Assert.Equal(("finance@example.com", "示例运营商：专用发票 26000000000000000001"), (mail.To, mail.Subject));
        Assert.Equal(["26000000000000000001.pdf", "26000000000000000001.xml"], mail.Files.Select(f => f.Name));
        var pdf = string.Concat(await PdfText.OfAsync(mail.Files[0].Content)).Replace(" ", "", StringComparison.Ordinal);
        foreach (var text in new[] { "福建某某有限公司", TaxNumber, "壹佰壹拾玖圆整", "￥119.00", "不是税务机关的发票原件", "*电信服务*CardFee", "李四" })
            Assert.Contains(text, pdf, StringComparison.Ordinal);
        Assert.Contains("<TotalTax-includedAmount>119.00</TotalTax-includedAmount>", await Xml(id), StringComparison.Ordinal);
        Assert.Equal(MailState.Sent, (await Find(id)).Mail!.State);
        Assert.Equal(["invoices.nothing_due"], Codes(await Ask(sale)));
        Assert.Empty(await Cases());
    }

    [Fact]
    public async Task A_person_is_invoiced_without_a_tax_number_and_his_name_and_address_are_masked()
    {
        var id = await Issued(await Paid());

        var invoice = await Find(id);
        Assert.Equal(("张**", null, "z***@example.com"), (invoice.Title, invoice.TaxNumber, invoice.Recipient));
        Assert.Contains("<BuyerName>张三丰</BuyerName>", await Xml(id), StringComparison.Ordinal);
        Assert.Equal(0, await With<Db, int>(db => db.Set<InvoiceRow>().CountAsync(i => i.Title != null, Cancel)));
    }

    [Fact]
    public async Task What_is_filled_in_wrongly_is_refused_on_its_field()
    {
        var sale = await Paid();

        var refused = await Ask(sale, new() { Kind = "special", Buyer = "person", Title = " ", Delivery = "mail", Email = "x@y" });
        Assert.Equal(
            [("invoices.special_for_companies", "Kind"), ("invoices.title", "Title"), ("invoices.email", "Email")],
            refused.Refusals.Select(r => (r.Code, r.Field ?? "")));
        Assert.Equal(["invoices.tax_number"], Codes(await Ask(sale, ToCompany with { TaxNumber = "91350100M000100Y44" })));
        Assert.Equal(
            ["invoices.recipient", "invoices.phone", "invoices.address"], Codes(await Ask(sale, ToPerson with { Delivery = "post" })));
        Assert.Equal(["invoices.title"], Codes(await Ask(sale, ToPerson with { Title = "张\u0001丰" })));
        Assert.Equal(["invoices.sale_unknown"], Codes(await Ask(new("order", Guid.Empty))));
    }

    [Fact]
    public async Task Whoever_asks_many_times_at_once_gets_one_invoice()
    {
        var sale = await Paid();

        var asked = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Ask(sale), Cancel)));
        await Drain();

        Assert.Single(asked, a => !a.IsRefused);
        Assert.All(asked.Where(a => a.IsRefused), a => Assert.Equal(["invoices.nothing_due"], Codes(a)));
        Assert.Single(await OfSale(sale));
    }

    [Fact]
    public async Task Numbers_have_no_gaps_however_many_are_issued_at_once_and_one_invoice_has_one()
    {
        List<InvoiceId> asked = [];
        for (var i = 0; i < 8; i++) asked.Add((await Ask(await Paid())).Value);

        await Task.WhenAll(asked.Concat(asked).Select(id => Task.Run(() => With<IssueInvoice>(i => i.RunAsync(id, Cancel)), Cancel)));
        await Drain();

        var numbers = new List<string?>();
        foreach (var id in asked) numbers.Add((await Find(id)).Number);
        Assert.Equal(Enumerable.Range(1, 8).Select(n => $"26000{n:D15}"), numbers.Order());
        Assert.Equal(8, Sandbox.World.PostOffice.Taken);
        await Assert.ThrowsAnyAsync<DbException>(() => Tamper("delete from invoice_number"));
    }

    [Fact]
    public async Task A_new_year_begins_a_new_series()
    {
        await Issued(await Paid());
        Time.Advance(TimeSpan.FromDays(310));

        Assert.Equal("27000000000000000001", (await Find(await Issued(await Paid()))).Number);
    }

    [Fact]
    public async Task A_refund_is_taken_back_by_red_letters_in_parts_down_to_the_last_fen_of_tax()
    {
        var sale = await Paid();
        var blue = await Issued(sale, ToCompany);

        await Refund(sale, new(40_33));
        await Refund(sale, new(78_67));

        var all = await OfSale(sale);
        Assert.Equal([119_00L, -40_33L, -78_67L], all.Select(i => i.Gross.Minor));
        Assert.All(all, i => Assert.Equal(InvoiceState.Issued, i.State));
        Assert.All(all.Skip(1), i => Assert.Equal(blue, i.RedOf));
        Assert.Equal((0L, 0L), (all.Sum(i => i.Net.Minor), all.Sum(i => i.Tax.Minor)));
        Assert.All(all.SelectMany(i => i.Lines).GroupBy(l => l.Item), g => Assert.Equal((0L, 0L), (g.Sum(l => l.Net.Minor), g.Sum(l => l.Tax.Minor))));
        var xml = await Xml(all[1].Id);
        Assert.Contains("<OriginalInvoiceCode>26000000000000000001</OriginalInvoiceCode>", xml, StringComparison.Ordinal);
        Assert.Contains("（负数）肆拾圆叁角叁分", xml, StringComparison.Ordinal);
        Assert.Equal(["invoices.nothing_due"], Codes(await Ask(sale)));
        Assert.Equal(3, Sandbox.World.PostOffice.Received.Count);
    }

    [Fact]
    public async Task What_was_refunded_before_is_not_invoiced_and_the_rest_is_spread_over_the_items()
    {
        var sale = await Paid();
        await Refund(sale, new(59_50));

        var invoice = await Find(await Issued(sale));

        Assert.Equal([29_50L, 30_00L], invoice.Lines.Select(l => l.Gross.Minor));
    }

    [Fact]
    public async Task What_is_refunded_while_it_is_with_the_issuer_is_taken_back_as_soon_as_it_is_issued()
    {
        var sale = await Paid();
        var id = (await Ask(sale)).Value;
        _ = (await With<HaoSuan.Payments.RequestRefund, Result<Money>>(r => r.RunAsync(new(sale.Id), "退款", "all", Cancel))).Value;
        Time.Advance(TimeSpan.FromSeconds(10));
        await Drain();

        var all = await OfSale(sale);
        Assert.Equal([id, all[1].Id], all.Select(i => i.Id));
        Assert.Equal(Money.Zero, all[0].Gross + all[1].Gross);
    }

    [Fact]
    public async Task What_the_buyer_has_booked_is_taken_back_as_he_confirms_within_72_hours()
    {
        var sale = await Paid();
        var blue = await Issued(sale, ToCompany);
        _ = (await With<RedLetters, Result<Done>>(r => r.BookedAsync(blue, Cancel))).Value;
        await Refund(sale, new(119_00));
        var red = (await OfSale(sale))[1];
        Assert.Equal((InvoiceState.Confirming, Time.Now + TimeSpan.FromHours(72)), (red.State, red.ConfirmBy));

        Time.Advance(TimeSpan.FromHours(72) - TimeSpan.FromSeconds(1));
        await Job("lapse-red-confirmations");
        _ = (await With<ConfirmRed, Result<Done>>(c => c.RunAsync(red.Id, true, Cancel))).Value;
        await Drain();

        Assert.Equal((InvoiceState.Issued, "26000000000000000002"), ((await Find(red.Id)).State, (await Find(red.Id)).Number));
        Assert.Equal(["invoices.nothing_to_confirm"], Codes(await With<ConfirmRed, Result<Done>>(c => c.RunAsync(red.Id, true, Cancel))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_nobody_confirms_in_time_lapses_is_a_case_and_can_be_begun_anew(bool jobIsLate)
    {
        var sale = await Paid();
        var blue = await Issued(sale, ToCompany);
        _ = (await With<RedLetters, Result<Done>>(r => r.BookedAsync(blue, Cancel))).Value;
        await Refund(sale, new(50_00));
        var red = (await OfSale(sale))[1].Id;
        Time.Advance(TimeSpan.FromHours(72));
        if (!jobIsLate) await Job("lapse-red-confirmations");
        Assert.Equal(["invoices.confirmation_lapsed"], Codes(await With<ConfirmRed, Result<Done>>(c => c.RunAsync(red, true, Cancel))));
        await Job("lapse-red-confirmations");
        Assert.Equal(InvoiceState.Lapsed, (await Find(red)).State);
        Assert.Equal(["invoices.case_not_confirmed"], await Cases());

        await With<RedLetters>(r => r.ForRefundsAsync(sale, Cancel));
        await With<RedLetters>(r => r.ForRefundsAsync(sale, Cancel));

        var all = await OfSale(sale);
        Assert.Equal([InvoiceState.Issued, InvoiceState.Lapsed, InvoiceState.Confirming], all.Select(i => i.State));
        Assert.Empty(await Cases());
    }

    [Fact]
    public async Task A_buyer_who_does_not_agree_stops_the_red_letter_and_a_person_books_nothing()
    {
        var sale = await Paid();
        var blue = await Issued(sale, ToCompany);
        _ = (await With<RedLetters, Result<Done>>(r => r.BookedAsync(blue, Cancel))).Value;
        _ = (await With<RedLetters, Result<Done>>(r => r.WholeAsync(blue, "抬头开错", Cancel))).Value;
        Assert.Equal(["invoices.all_red"], Codes(await With<RedLetters, Result<Done>>(r => r.WholeAsync(blue, "抬头开错", Cancel))));
        var red = (await OfSale(sale))[1].Id;

        _ = (await With<ConfirmRed, Result<Done>>(c => c.RunAsync(red, false, Cancel))).Value;

        Assert.Equal(InvoiceState.Declined, (await Find(red)).State);
        Assert.Equal(["invoices.case_not_confirmed"], await Cases());
        var person = await Issued(await Paid());
        Assert.Equal(["invoices.person_books_nothing"], Codes(await With<RedLetters, Result<Done>>(r => r.BookedAsync(person, Cancel))));
    }

    [Fact]
    public async Task What_the_office_takes_back_as_a_whole_can_be_asked_for_anew()
    {
        var sale = await Paid();
        var wrong = await Issued(sale);
        _ = (await With<RedLetters, Result<Done>>(r => r.WholeAsync(wrong, "抬头开错", Cancel))).Value;
        await Drain();

        var right = await Issued(sale, ToCompany);

        Assert.Equal([119_00L, -119_00L, 119_00L], (await OfSale(sale)).Select(i => i.Gross.Minor));
        Assert.Equal("福建某某有限公司", (await Find(right)).Title);
        Assert.Equal(["invoices.reason"], Codes(await With<RedLetters, Result<Done>>(r => r.WholeAsync(right, " ", Cancel))));
    }

    [Fact]
    public async Task What_is_being_taken_back_is_invoiced_anew_only_after_its_red_letter()
    {
        var sale = await Paid();
        var blue = await Issued(sale, ToCompany);
        _ = (await With<RedLetters, Result<Done>>(r => r.BookedAsync(blue, Cancel))).Value;
        _ = (await With<RedLetters, Result<Done>>(r => r.WholeAsync(blue, "抬头开错", Cancel))).Value;
        var red = (await OfSale(sale))[1].Id;
        Assert.Equal(["invoices.nothing_due"], Codes(await Ask(sale)));

        _ = (await With<ConfirmRed, Result<Done>>(c => c.RunAsync(red, true, Cancel))).Value;
        Assert.Equal(["invoices.nothing_due"], Codes(await Ask(sale)));
        await Drain();

        await Issued(sale);
        Assert.Equal([119_00L, -119_00L, 119_00L], (await OfSale(sale)).Select(i => i.Gross.Minor));
    }

    [Fact]
    public async Task A_red_letter_has_the_seller_of_its_blue_one()
    {
        var sale = await Paid();
        await Issued(sale);
        _ = (await Rates(r => r.SetSellerAsync(new("改名后的科技有限公司", TaxNumber, "李四"), Cancel))).Value;

        await Refund(sale, new(119_00));

        var red = (await OfSale(sale))[1].Id;
        Assert.Contains("<SellerName>示例号卡科技有限公司</SellerName>", await Xml(red), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown@example.com", MailState.Refused)]
    [InlineData("full@example.com", MailState.CameBack)]
    public async Task A_mail_that_bounces_is_a_case_until_it_is_sent_to_the_right_address(string wrong, MailState state)
    {
        var id = await Issued(await Paid(), ToPerson with { Email = wrong });
        await Job("fetch-returned-mail");
        Assert.Equal(state, (await Find(id)).Mail!.State);
        Assert.Equal(["invoices.case_mail"], await Cases());

        Assert.Equal(["invoices.email"], Codes(await With<SendInvoice, Result<Done>>(s => s.AgainAsync(id, "nobody", Cancel))));
        _ = (await With<SendInvoice, Result<Done>>(s => s.AgainAsync(id, "right@example.com", Cancel))).Value;
        await Drain();

        Assert.Equal("right@example.com", Assert.Single(Sandbox.World.PostOffice.Received).To);
        Assert.Equal(MailState.Sent, (await Find(id)).Mail!.State);
        Assert.Empty(await Cases());
        Assert.Single(await OfSale((await Find(id)).Sale));
    }

    [Fact]
    public async Task By_post_it_waits_for_its_parcel_and_no_mail_is_sent()
    {
        var id = await Issued(await Paid(), ToPerson with { Delivery = "post", Recipient = "张三丰", Phone = "138 0013 8000", Address = "广东省广州市天河区中山大道 18 号" });
        Assert.Equal(1, await With<InvoiceList, int>(l => l.CountAsync(new(ToPost: true), Cancel)));
        Assert.Equal("张三丰\n13800138000\n广东省广州市天河区中山大道 18 号", await With<SendInvoice, string?>(s => s.AddressAsync(id, Cancel)));
        Assert.Equal(["invoices.tracking_no"], Codes(await With<SendInvoice, Result<Done>>(s => s.PostedAsync(id, "顺丰", "", Cancel))));
        Assert.Equal(["invoices.not_by_mail"], Codes(await With<SendInvoice, Result<Done>>(s => s.AgainAsync(id, null, Cancel))));

        _ = (await With<SendInvoice, Result<Done>>(s => s.PostedAsync(id, "顺丰", "SF 1234 5678", Cancel))).Value;

        Assert.Equal(("顺丰 SF12345678", 0), ((await Find(id)).Parcel, await With<InvoiceList, int>(l => l.CountAsync(new(ToPost: true), Cancel))));
        Assert.Empty(Sandbox.World.PostOffice.Received);
    }

    [Fact]
    public async Task A_rate_holds_from_its_day_on_and_what_is_issued_keeps_its_own()
    {
        var (before, after) = (await Paid(), await Paid());
        var old = await Issued(before);
        Assert.Equal(["invoices.from_past"], Codes(await Rates(r => r.SetAsync(OnePercentFrom("2026-02-28"), Cancel))));
        _ = (await Rates(r => r.SetAsync(OnePercentFrom("2026-03-02"), Cancel))).Value;
        Assert.Equal(new Bps(600), (await Find(old)).Lines[0].Rate);
        Time.Advance(TimeSpan.FromDays(1));

        var line = (await Find(await Issued(after))).Lines[0];
        Assert.Equal((new Bps(100), new Money(58_42)), (line.Rate, line.Net));
        await Refund(before, new(119_00));
        Assert.Equal(new Bps(600), (await OfSale(before))[1].Lines[0].Rate);
    }

    [Fact]
    public async Task An_operator_sees_none_of_anothers()
    {
        var sale = await Paid();
        var id = await Issued(sale);
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", cancel: Cancel);

        Assert.Null(await With<InvoiceList, InvoiceView?>(l => l.FindAsync(id, Cancel), other));
        Assert.Null(await With<InvoiceList, byte[]?>(l => l.FileAsync(id, "pdf", Cancel), other));
        Assert.Equal(["invoices.sale_unknown"], Codes(await With<AskInvoice, Result<InvoiceId>>(a => a.RunAsync(sale, ToPerson, Cancel), other)));
    }

    private static RateForm OnePercentFrom(string day) => new("CardFee", day, "1%", "3030000000000000000", "电信服务", "号卡");
}
