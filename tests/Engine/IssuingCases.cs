using HaoSuan.Invoices;
using HaoSuan.Sandbox;

namespace HaoSuan.Tests.Engine;

public sealed class Issuing_on_sqlite(SqliteDatabases engine) : IssuingCases(engine);

public sealed class Issuing_on_postgres(PostgresDatabases engine) : IssuingCases(engine);

/// <summary>Invoices that a platform issues, over the sandbox's wire.</summary>
public abstract class IssuingCases(Databases engine) : InvoiceTest(engine)
{
    private readonly SocketsHttpHandler _handler = new() { UseProxy = false };

    private bool _isStranger;

    private IssuingPlatformOptions Account =>
        _isStranger ? Keys.Invoices(Sandbox.Address) with { Secret = "stranger" } : Keys.Invoices(Sandbox.Address);

    protected override IServiceCollection Configure(IServiceCollection services) => base.Configure(services)
        .AddScoped<IInvoiceIssuer>(_ => new IssuingPlatform(new HttpClient(_handler, disposeHandler: false), Account, Time));

    [Fact]
    public async Task The_platform_is_asked_again_until_it_has_issued_and_its_own_files_go_out()
    {
        Sandbox.World.InvoicePlatform.Issues = false;
        var id = (await Ask(await Paid(), ToCompany)).Value;
        await Drain();
        Assert.Equal(InvoiceState.Issuing, (await Find(id)).State);
        Time.Advance(TimeSpan.FromMinutes(31));
        await Job("ask-invoice-issuers");
        Assert.Equal(["invoices.case_unanswered"], await Cases());

        Sandbox.World.InvoicePlatform.Issues = true;
        Time.Advance(TimeSpan.FromHours(1));
        await Job("ask-invoice-issuers");
        await Drain();

        Assert.Equal((InvoiceState.Issued, "26442000000000000001"), ((await Find(id)).State, (await Find(id)).Number));
        Assert.Equal(2, Assert.Single(Sandbox.World.PostOffice.Received).Files.Count);
        Assert.Empty(await Cases());
        Assert.Equal(0, await With<Db, int>(db => db.Set<NumberRow>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task An_answer_that_is_lost_leads_to_no_second_invoice()
    {
        Sandbox.World.Faults.Set(Wire.Invoices, On.Call, Fault.FailAfter, 3);
        var id = (await Ask(await Paid())).Value;
        for (var i = 0; i < 6; i++)
        {
            await Drain();
            Time.Advance(TimeSpan.FromMinutes(10));
            await Job("ask-invoice-issuers");
        }

        Assert.Equal(InvoiceState.Issued, (await Find(id)).State);
        Assert.Single(Sandbox.World.InvoicePlatform.Invoices);
    }

    [Fact]
    public async Task A_platform_that_does_not_accept_our_account_is_a_case_at_once_until_it_does()
    {
        _isStranger = true;
        var id = (await Ask(await Paid())).Value;
        await Drain();
        Assert.Equal(InvoiceState.Issuing, (await Find(id)).State);
        Assert.Equal(["invoices.case_shut_out"], await Cases());

        _isStranger = false;
        await Settle();
        await Settle();

        Assert.Equal(InvoiceState.Issued, (await Find(id)).State);
        Assert.Empty(await Cases());
    }

    [Fact]
    public async Task What_the_platform_refuses_is_a_case_and_is_called_off_or_tried_again()
    {
        var sale = await Paid();
        var id = (await Ask(sale, ToCompany with { Title = "不存在公司" })).Value;
        await Drain();
        Assert.Equal((InvoiceState.Refused, "购买方名称与税号不符"), ((await Find(id)).State, (await Find(id)).Fault));
        Assert.Equal(["invoices.case_refused"], await Cases());

        _ = (await With<MendInvoice, Result<Done>>(m => m.AgainAsync(id, Cancel))).Value;
        await Drain();
        Assert.Equal(InvoiceState.Refused, (await Find(id)).State);
        Assert.Equal(["invoices.nothing_due"], Codes(await Ask(sale)));
        _ = (await With<MendInvoice, Result<Done>>(m => m.DeclineAsync(id, Cancel))).Value;
        Assert.Equal(["invoices.not_refused"], Codes(await With<MendInvoice, Result<Done>>(m => m.AgainAsync(id, Cancel))));

        Assert.False((await Ask(sale, ToCompany)).IsRefused);
        Assert.Empty(await Cases());
    }

    [Fact]
    public async Task A_red_letter_names_the_platforms_number_of_the_blue_one()
    {
        var sale = await Paid();
        var id = (await Ask(sale)).Value;
        await Settle();
        await Refund(sale, new(119_00));
        await Settle();

        Assert.Equal((await Find(id)).Number, Sandbox.World.InvoicePlatform.Invoices[1].RedOf);
        Assert.Equal("-119.00", Sandbox.World.InvoicePlatform.Invoices[1].Gross);
        Assert.All(await OfSale(sale), i => Assert.Equal(InvoiceState.Issued, i.State));
    }

    private async Task Settle()
    {
        await Drain();
        Time.Advance(TimeSpan.FromMinutes(2));
        await Job("ask-invoice-issuers");
        await Drain();
    }
}
