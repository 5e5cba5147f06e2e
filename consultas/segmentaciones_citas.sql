-- ¿Qué tramos de los párrafos de un documento son cita de algún enunciado que rige? Una
-- fila por tramo. La cita no dice quién lo cortó: no es la división de un codificador.
select
    v.documento_id,
    v.tema_dialogo_id,
    c.parrafo,
    c.primer_caracter,
    c.ultimo_caracter,
    cast(count(*) as integer) as enunciados
from divisibles as v
inner join enunciados as e on v.tema_dialogo_id = e.tema_dialogo_id
inner join citas as c
    on e.enunciado_id = c.enunciado_id and v.documento_id = c.documento_id
left join retirados as r on e.enunciado_id = r.enunciado_id
where r.enunciado_id is null and v.documento_id = :documento
group by
    v.documento_id, v.tema_dialogo_id, c.parrafo, c.primer_caracter, c.ultimo_caracter
order by
    v.documento_id, v.tema_dialogo_id, c.parrafo, c.primer_caracter, c.ultimo_caracter
