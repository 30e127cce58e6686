namespace HaoSuan.Ledger;

/// <summary>Money that lies in a suspense account (挂账) until a person decides about it.</summary>
/// <param name="Subject">What people know it by: an order's number, a row of a sheet. Never personal data.</param>
/// <param name="Href">Where one decides.</param>
/// <param name="Amount">Credit positive: what has come in and belongs to nobody yet.</param>
/// <param name="Since">Since when it lies there.</param>
/// <param name="Owner">Who follows it up, where somebody was named.</param>
public sealed record SuspenseItem(string Subject, string Href, Money Amount, Instant Since, string? Owner = null);

/// <summary>
/// What lies in one suspense account, told by the module that books there: one line in its door. The items are all of the account's balance;
/// where they are not, something has been booked that nobody can decide about.
/// </summary>
/// <param name="Name">Of the account: <see cref="Accounts.Suspense"/>.</param>
/// <param name="Title">As pages call it.</param>
/// <param name="Ask">The items, with the services of the request.</param>
public sealed record SuspenseSource(
    string Name, string Title, Func<IServiceProvider, CancellationToken, Task<IReadOnlyList<SuspenseItem>>> Ask);
