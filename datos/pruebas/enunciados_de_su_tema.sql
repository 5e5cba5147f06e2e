-- Enunciados cuya pregunta, mesa o enunciado repetido es de otro tema, o posterior.
with referidos as (
    select
        e.fila,
        e.tema_dialogo_id,
        'pregunta_id' as columna,
        q.tema_dialogo_id as otro,
        false as posterior
    from enunciados as e
    inner join preguntas as q using (pregunta_id)
    union all
    select
        e.fila,
        e.tema_dialogo_id,
        'mesa_id' as columna,
        m.tema_dialogo_id as otro,
        false as posterior
    from enunciados as e
    inner join mesas as m using (mesa_id)
    union all
    select
        e.fila,
        e.tema_dialogo_id,
        'reitera_a' as columna,
        a.tema_dialogo_id as otro,
        a.orden >= e.orden as posterior
    from enunciados as e
    left join enunciados as a on e.reitera_a = a.enunciado_id
    where e.reitera_a is not null
)

select
    'enunciados' as tabla,
    fila,
    columna,
    'se refiere a otro tema, a algo posterior o a algo que no existe.' as problema,
    'Use una clave del mismo tema y, si reitera, anterior.' as remedio
from referidos
where otro is distinct from tema_dialogo_id or posterior
order by fila, columna;
