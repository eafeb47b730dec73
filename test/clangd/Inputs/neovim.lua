-- Opens FILE in neovim's own client of the language server SERVER, prints the
-- diagnostics, applies the quick fix at each, and prints what is left.
local server, file = os.getenv('SERVER'), os.getenv('FILE')

local function show(title)
  print(title)
  for _, found in ipairs(vim.diagnostic.get(0)) do
    print(string.format('%d: %s [%s]', found.lnum + 1, found.message:gsub('\n.*', ''), found.code))
  end
end

local function wait(condition)
  assert(vim.wait(60000, condition, 50), 'nothing happens')
end

local function quick_fix(found)
  local start = { line = found.lnum, character = found.col }
  local stop = { line = found.end_lnum, character = found.end_col }
  local diagnostic = {
    range = { start = start, ['end'] = stop },
    message = found.message, code = found.code, source = found.source, severity = found.severity,
  }
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = diagnostic.range,
    context = { diagnostics = { diagnostic } },
  }, 60000)
  for _, answer in pairs(answers) do
    for _, action in ipairs(answer.result) do
      if action.kind == 'quickfix' and action.edit then
        vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
        return
      end
    end
  end
end

vim.cmd('edit ' .. file)
local client = vim.lsp.start_client({
  name = 'borrow-clangd',
  cmd = { server, '--log=error' },
  root_dir = vim.fn.fnamemodify(file, ':p:h'),
})
vim.lsp.buf_attach_client(0, client)
wait(function() return #vim.diagnostic.get(0) > 0 end)
show('before:')
for _, found in ipairs(vim.diagnostic.get(0)) do
  quick_fix(found)
end
wait(function() return #vim.diagnostic.get(0) == 0 end)
show('after:')
print(table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'))
vim.lsp.stop_client(client, true)
